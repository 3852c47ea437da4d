"""The environment as the settings read it: a wrong value is refused in one sentence.

A variable that is empty counts as not set. What may hold a password is not repeated.
"""

import logging
import os
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from timpora.certificates import trusted_roots

YES = {"true", "yes", "on", "1"}
NO = {"false", "no", "off", "0"}
DATABASES = {"sqlite", "postgres", "postgresql"}
BROKERS = {"filesystem", "redis", "rediss"}
MAILS = {"smtp", "smtps", "smtp+tls", "smtp+ssl"}
SHORTEST_SECRET = 32
MAILS_OF_THIS_MACHINE = {"filemail", "consolemail"}


class Environment(environ.Env):
    def given(self, name: str, default: str) -> str:
        return self(name, default="") or default

    def number(self, name: str, *, default: int, most: int) -> int:
        given = self.given(name, str(default))
        if not given.isdecimal() or not 1 <= int(given) <= most:
            raise ImproperlyConfigured(
                f"{name} harus berupa bilangan 1 sampai {most}, bukan {given!r}."
            )
        return int(given)

    def switch(self, name: str) -> bool:
        """Off unless switched on."""
        given = self.given(name, "false").lower()
        if given not in YES | NO:
            raise ImproperlyConfigured(
                f"{name} harus true atau false, bukan {given!r}."
            )
        return given in YES

    def secret(self, name: str) -> str:
        given = self.given(name, "")
        if given and len(given) < SHORTEST_SECRET:
            raise ImproperlyConfigured(
                f"{name} harus acak, paling sedikit {SHORTEST_SECRET} huruf."
            )
        return given

    def secrets(self, name: str) -> list[str]:
        """Several, with commas between them."""
        given = [secret.strip() for secret in self.list(name, default=[])]
        if any(len(secret) < SHORTEST_SECRET for secret in given):
            raise ImproperlyConfigured(
                f"{name} harus acak, masing-masing paling sedikit "
                f"{SHORTEST_SECRET} huruf, dipisah koma."
            )
        return given

    def folder(self, name: str, *, default: Path) -> Path:
        """A folder that we may write in; made if it is not there."""
        folder = Path(self.given(name, str(default))).resolve()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name} harus folder yang dapat ditulisi: {error}."
            ) from error
        if not os.access(folder, os.W_OK):
            raise ImproperlyConfigured(
                f"{name} harus folder yang dapat ditulisi: {folder}."
            )
        return folder

    def certificates(self, name: str) -> Path | None:
        """A PEM file of certificates, read once here so that a wrong one is told."""
        given = self.given(name, "")
        if not given:
            return None
        try:
            trusted_roots(Path(given))
        except (OSError, ValueError) as error:
            raise ImproperlyConfigured(
                f"{name} harus berkas PEM berisi sertifikat: {given}."
            ) from error
        return Path(given)

    def site(self, name: str, *, default: str) -> str:
        site = self.given(name, default).rstrip("/")
        url = parts(site)
        if (
            not url
            or url.scheme not in {"http", "https"}
            or not url.hostname
            or url.path
            or url.query
        ):
            raise ImproperlyConfigured(
                f"{name} harus berbentuk https://timpora.example, bukan {site!r}."
            )
        return site

    def hosts(self, name: str, *, default: list[str]) -> list[str]:
        given = [host.strip() for host in self.list(name, default=[])]
        hosts = given or default
        for host in hosts:
            url = parts(f"//{host}")
            if not url or not url.hostname or url.port or url.netloc != host:
                raise ImproperlyConfigured(
                    f"{name} harus berisi nama host tanpa https:// dan tanpa port, "
                    f"bukan {host!r}."
                )
        return hosts

    def database(self, name: str, *, default: str) -> dict[str, Any]:
        given = self.given(name, default)
        url = parts(given)
        known = url is not None and url.scheme in DATABASES and len(url.path) > 1
        config = self.db_url_config(given) if known else {}
        if not config or not (config["HOST"] or given.startswith("sqlite:")):
            raise ImproperlyConfigured(
                f"{name} harus berbentuk postgres://user:password@host:5432/name "
                "atau sqlite:////folder/berkas.sqlite3."
            )
        folder = Path(config["NAME"]).parent
        if given.startswith("sqlite:") and not folder.is_dir():
            raise ImproperlyConfigured(
                f"{name} menunjuk folder yang tidak ada: {folder}."
            )
        return config

    def broker(self, name: str, *, default: str) -> str:
        given = self.given(name, default)
        url = parts(given)
        if (
            not url
            or url.scheme not in BROKERS
            or not url.hostname
            or not (url.path.strip("/") or "0").isdecimal()
        ):
            raise ImproperlyConfigured(
                f"{name} harus berbentuk redis://host:6379/0 atau "
                "filesystem://localhost."
            )
        return given

    def mail(self, name: str, *, default: str) -> dict[str, Any]:
        given = self.given(name, default)
        url = parts(given)
        if (
            not url
            or url.scheme not in MAILS | MAILS_OF_THIS_MACHINE
            or (url.scheme in MAILS and not url.hostname)
        ):
            raise ImproperlyConfigured(
                f"{name} harus berbentuk smtp+tls://user:password@host:587, "
                "consolemail:// atau filemail://."
            )
        return self.email_url_config(given)

    def sender(self, name: str, *, default: str) -> str:
        sender = self.given(name, default)
        if "@" not in parseaddr(sender)[1]:
            raise ImproperlyConfigured(
                f"{name} harus berbentuk Nama <nama@host>, bukan {sender!r}."
            )
        return sender

    def location(self, name: str) -> str:
        location = self.given(name, "").rstrip("/")
        if location and not location.startswith("/"):
            raise ImproperlyConfigured(
                f"{name} harus diawali garis miring, bukan {location!r}."
            )
        return location

    def level(self, name: str, *, default: str) -> str:
        level = self.given(name, default).upper()
        if level not in logging.getLevelNamesMapping():
            raise ImproperlyConfigured(
                f"{name} harus DEBUG, INFO, WARNING atau ERROR, bukan {level!r}."
            )
        return level


def parts(text: str) -> SplitResult | None:
    """The parts of an address, unless its port or its host cannot be one."""
    try:
        url = urlsplit(text)
        return None if url.port == 0 else url
    except ValueError:
        return None
