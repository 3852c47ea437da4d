"""Concurrent edits of one entry of the minutes: every save stands or is refused.

    python benchmarks/edits.py [--edits 1000] [--writers 4] [--only sqlite]

Each writer appends a word of their own to the text that they last saw; every other time
all of them have seen the same text before anybody saves. Prints how many edits were saved
and refused, how many were lost in silence (saved, yet not in the text) and how many stand
there although they were refused. PostgreSQL is the server of TEST_DATABASE_URL; the
database made there is dropped again.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

from checkins import ROOT, postgresql, python, sqlite


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    arguments = parser.parse_args()
    databases = {"sqlite": sqlite, "postgresql": postgresql}
    failed = False
    for name, database in databases.items():
        if arguments.only in (None, name):
            with tempfile.TemporaryDirectory() as var, database(Path(var)) as url:
                environment = os.environ | {
                    "DATABASE_URL": url,
                    "VAR_DIR": var,
                    "LOG_LEVEL": "ERROR",
                    "PYTHONPATH": str(ROOT),
                }
                python(environment, "manage.py", "migrate", "--verbosity", "0")
                counts = [str(arguments.edits), str(arguments.writers)]
                told = python(environment, __file__, "--write", *counts)
                print(f"{name}: {told}", end="")
                failed |= not told.startswith("fine: ")
    return int(failed)


def write_all(edits: int, writers: int) -> None:
    from django.db import connections  # noqa: PLC0415 -- after the set-up

    from agencies.models import AuditEntry  # noqa: PLC0415
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
    meet = threading.Barrier(writers)

    def write(writer: int) -> None:
        minutes = Minutes.objects.select_related("meeting").get(pk=made.pk)
        for turn in range(edits // writers):
            word = f"{writer}-{turn}"
            seen = Entry.objects.get(minutes=made, key=key)
            if turn % 2:
                meet.wait()
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
    entry = Entry.objects.get(minutes=made, key=key)
    audited = AuditEntry.objects.filter(verb="meetings.edit_entry").count()
    lost = set(saved) - set(entry.text.split())
    smuggled = set(refused) & set(entry.text.split())
    fine = not (lost or smuggled or failed) and audited == len(saved)
    print(
        f"{'fine' if fine else 'BROKEN'}: {len(saved)} saved, {len(refused)} refused, "
        f"{len(failed)} failed, {len(lost)} lost in silence, {len(smuggled)} smuggled in, "
        f"{audited} audit rows, {time.perf_counter() - begun:.1f} s"
    )
    for line in failed[:5]:
        print(line)


if __name__ == "__main__":
    if "--write" in sys.argv:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.settings")
        django.setup()
        write_all(*map(int, sys.argv[2:]))
    else:
        sys.exit(main())
