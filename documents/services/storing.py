"""Files under their own SHA-256: written whole or not at all, never changed."""

import datetime as dt
import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils import timezone

PART = "part-"
# Nobody writes for that long; what is older belongs to a writer that was killed.
LONGEST_WRITE = dt.timedelta(hours=1)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def store(content: bytes, *, folder: str = "") -> str:
    """Keep ``content``; answers its path below MEDIA_ROOT. The same bytes are kept once."""
    name = digest(content)
    path = f"{folder or name[:2]}/{name}"
    target = Path(settings.MEDIA_ROOT) / path
    if target.exists():
        return path
    target.parent.mkdir(parents=True, exist_ok=True)
    # A rename within a folder is whole or not there, whatever kills us before it.
    with tempfile.NamedTemporaryFile(
        dir=target.parent, prefix=PART, delete=False
    ) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    os.chmod(part.name, settings.FILE_UPLOAD_PERMISSIONS)
    os.replace(part.name, target)
    # Else a power cut could keep the row that names the file and forget the name.
    for above in (target.parent, target.parent.parent):
        keep_names(above)
    return path


def keep_names(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def stored(path: str) -> Path:
    return Path(settings.MEDIA_ROOT) / path


def discard(path: str) -> None:
    """Delete a file that no row needs any more; whoever calls has made sure of that."""
    stored(path).unlink(missing_ok=True)


def clear_parts() -> None:
    """Remove what killed writers left half written; no row ever points there."""
    late = (timezone.now() - LONGEST_WRITE).timestamp()
    for part in Path(settings.MEDIA_ROOT).glob(f"*/{PART}*"):
        try:
            if part.stat().st_mtime < late:
                part.unlink()
        except FileNotFoundError:
            # Its writer, or another sweep, has just finished with it.
            continue
