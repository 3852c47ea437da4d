"""Fields that the database holds sealed: AES-GCM, keys from the environment, rotation.

The first key seals, every key opens, so a new key is put in front and old rows stay
readable. Exact search goes through a keyed hash, which tells nothing without the key.
"""

import base64
import hashlib
import hmac
import os
import re
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class KeyUnknown(Exception):
    """None of the installation's keys opens the field."""


@cache
def keys(configured: tuple[str, ...]) -> tuple[bytes, ...]:
    """The configured keys as 32 bytes each, whatever their length."""
    return tuple(hashlib.sha256(key.encode()).digest() for key in configured)


def seal(text: str) -> str:
    """``text`` sealed under the first key; empty stays empty."""
    if not text:
        return ""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(keys(tuple(settings.FIELD_KEYS))[0]).encrypt(
        nonce, text.encode(), None
    )
    return base64.b64encode(nonce + sealed).decode()


def unseal(sealed: str) -> str:
    """What ``seal`` was given; raises KeyUnknown if no key of ours sealed it."""
    if not sealed:
        return ""
    content = base64.b64decode(sealed)
    for key in keys(tuple(settings.FIELD_KEYS)):
        try:
            opened = AESGCM(key).decrypt(
                content[:NONCE_BYTES], content[NONCE_BYTES:], None
            )
        except InvalidTag:
            continue
        return opened.decode()
    raise KeyUnknown


def normalised(number: str) -> str:
    """A document number as it is compared: letters and digits alone, in capitals."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def keyed_hash(number: str) -> str:
    """What an exact search compares; the last key makes it, which rotation keeps."""
    plain = normalised(number)
    if not plain:
        return ""
    key = keys(tuple(settings.FIELD_KEYS))[-1]
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()


def masked(number: str) -> str:
    """A••••123: what a list shows of a document number."""
    plain = normalised(number)
    if len(plain) < 6:
        return "•" * len(plain)
    return f"{plain[0]}••••{plain[-3:]}"
