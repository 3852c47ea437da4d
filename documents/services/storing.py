"""Files under their own SHA-256: written whole or not at all, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def store(content: bytes) -> str:
    """Keep ``content``; answers its path below MEDIA_ROOT. The same bytes are kept once."""
    name = digest(content)
    path = f"{name[:2]}/{name}"
    target = Path(settings.MEDIA_ROOT) / path
    if target.exists():
        return path
    target.parent.mkdir(parents=True, exist_ok=True)
    # A rename within a folder is whole or not there, whatever kills us before it.
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    os.chmod(part.name, settings.FILE_UPLOAD_PERMISSIONS)
    os.replace(part.name, target)
    return path


def stored(path: str) -> Path:
    return Path(settings.MEDIA_ROOT) / path
