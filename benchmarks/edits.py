"""Concurrent edits of one entry of the minutes: every save stands or is refused.

    python benchmarks/edits.py [--edits 1000] [--writers 4]

Each writer appends a word of their own to the text that they last saw. Prints how many
edits were saved and refused, and how many were lost in silence: saved, yet not in the
text. The database is the one of DATABASE_URL; without it, a temporary SQLite file.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--writers", type=int, default=4)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        prepare(var)
        return run(arguments.edits, arguments.writers)


def prepare(var: str) -> None:
    os.environ["VAR_DIR"] = var
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{var}/timpora.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.settings")
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 -- the settings must be known first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


def run(edits: int, writers: int) -> int:
    from django.db import connections  # noqa: PLC0415 -- after the set-up

    from meetings.models import Entry, Minutes  # noqa: PLC0415
    from meetings.services.entries import (  # noqa: PLC0415
        EntryChanged,
        Said,
        save_entry,
    )
    from meetings.tests.factories import (  # noqa: PLC0415
        AgendaItemFactory,
        MinutesFactory,
    )

    MinutesFactory()
    made = Minutes.objects.select_related("meeting__created_by").latest("pk")
    AgendaItemFactory(meeting=made.meeting)
    item = made.meeting.agenda.get()
    officer = made.meeting.created_by
    key = uuid.uuid4()

    def save(minutes: Minutes, text: str, revision: int) -> None:
        said = Said(item=item, kind=Entry.Kind.NOTE, text=text)
        save_entry(minutes, key=key, revision=revision, said=said, by=officer)

    save(made, "awal", 0)
    saved: list[str] = []
    refused: list[str] = []
    failed: list[str] = []

    def write(writer: int) -> None:
        minutes = Minutes.objects.select_related("meeting").get(pk=made.pk)
        for turn in range(edits // writers):
            word = f"{writer}-{turn}"
            seen = Entry.objects.get(minutes=made, key=key)
            try:
                save(minutes, f"{seen.text} {word}", seen.revision)
                saved.append(word)
            except EntryChanged:
                refused.append(word)
            except Exception as error:
                failed.append(f"{word}: {error}")
        connections.close_all()

    begun = time.perf_counter()
    threads = [threading.Thread(target=write, args=[n]) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost = set(saved) - set(Entry.objects.get(minutes=made, key=key).text.split())
    print(
        f"{len(saved)} saved, {len(refused)} refused, {len(failed)} failed, "
        f"{len(lost)} lost in silence, {time.perf_counter() - begun:.1f} s"
    )
    for line in failed[:5]:
        print(line)
    return int(bool(lost or failed))


if __name__ == "__main__":
    sys.exit(main())
