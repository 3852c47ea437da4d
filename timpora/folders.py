"""The broker of folders: Kombu's, but a message is there whole or not at all.

Kombu shows the file first and writes it then. A worker that looks in between reads half a
message and ends with an error.
"""

import os
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    # Kombu's own classes disagree about what the second argument is called.
    def _put(  # type: ignore[override]
        self, queue: str, payload: Any, **kwargs: Any
    ) -> None:
        # In the order in which they came; the worker takes only names that end in .msg.
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        folder = Path(self.data_folder_out)
        part = folder / f"{name}.part"
        try:
            part.write_text(dumps(payload), encoding="utf-8")
            os.replace(part, folder / name)
        except OSError as error:
            raise ChannelError(f"Cannot write {name}") from error


class Transport(filesystem.Transport):
    Channel = Channel
