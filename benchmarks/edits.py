"""Concurrent edits of one entry of the minutes: every save stands or is refused.

    python benchmarks/edits.py [--edits 1000] [--writers 4] [--only sqlite]

Each writer appends a word of their own to the text that they last saw; every other time
all of them have seen the same text before anybody saves. Prints how many edits were saved
and refused, how many were lost in silence (saved, yet not in the text) and how many stand
there although they were refused. PostgreSQL is the server of TEST_DATABASE_URL; the
database made there is dropped again.
"""

import argparse
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from fresh.installation import (
    Installation,
    offer_databases,
    on_each_database,
    start_django,
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--writers", type=int, default=4)
    offer_databases(parser)
    arguments = parser.parse_args()
    return on_each_database(
        lambda installation: run(installation, arguments.edits, arguments.writers),
        only=arguments.only,
    )


def run(installation: Installation, edits: int, writers: int) -> bool:
    """One round on one database; True if an edit went another way than was told."""
    told = installation.python(__file__, "--write", str(edits), str(writers))
    print(f"{installation.name}: {told}", end="")
    return not told.startswith("fine: ")


@dataclass
class Told:
    """What the writers were told of each of their words."""

    saved: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def write_all(edits: int, writers: int) -> None:
    """All writers at once on one entry of new minutes; prints what became of it."""
    from meetings.models import Minutes  # noqa: PLC0415 -- needs the settings
    from meetings.tests.factories import (  # noqa: PLC0415 -- needs the settings
        AgendaItemFactory,
        MinutesFactory,
    )

    made: Any = MinutesFactory()
    minutes = Minutes.objects.select_related("meeting__created_by").get(pk=made.pk)
    AgendaItemFactory(meeting=minutes.meeting)
    key, told = uuid.uuid4(), Told()
    save(minutes, key, "awal", 0)
    meet = threading.Barrier(writers)
    threads = [
        threading.Thread(
            target=write, args=[minutes, key, f"{writer}", edits // writers, meet, told]
        )
        for writer in range(writers)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report(told, key, time.perf_counter() - begun)


def save(minutes: Any, key: uuid.UUID, text: str, revision: int) -> None:
    from meetings.models import Entry  # noqa: PLC0415 -- needs the settings
    from meetings.services.entries import Said, save_entry  # noqa: PLC0415

    said = Said(item=minutes.meeting.agenda.get(), kind=Entry.Kind.NOTE, text=text)
    officer = minutes.meeting.created_by
    save_entry(minutes, key=key, revision=revision, said=said, by=officer)


def write(
    minutes: Any,
    key: uuid.UUID,
    writer: str,
    edits: int,
    meet: threading.Barrier,
    told: Told,
) -> None:
    from django.db import connections  # noqa: PLC0415 -- needs the settings

    from meetings.models import Entry, Minutes  # noqa: PLC0415 -- needs the settings
    from meetings.services.entries import EntryChanged  # noqa: PLC0415

    own = Minutes.objects.select_related("meeting__created_by").get(pk=minutes.pk)
    for turn in range(edits):
        word = f"{writer}-{turn}"
        seen = Entry.objects.get(minutes=own, key=key)
        if turn % 2:
            meet.wait()
        try:
            save(own, key, f"{seen.text} {word}", seen.revision)
            told.saved.append(word)
        except EntryChanged:
            told.refused.append(word)
        except Exception as error:
            told.failed.append(f"{word}: {error}")
    connections.close_all()


def report(told: Told, key: uuid.UUID, seconds: float) -> None:
    from agencies.models import AuditEntry  # noqa: PLC0415 -- needs the settings
    from meetings.models import Entry  # noqa: PLC0415 -- needs the settings

    words = set(Entry.objects.get(key=key).text.split())
    audited = AuditEntry.objects.filter(verb="meetings.edit_entry").count()
    lost, smuggled = set(told.saved) - words, set(told.refused) & words
    fine = not (lost or smuggled or told.failed) and audited == len(told.saved)
    print(
        f"{'fine' if fine else 'BROKEN'}: {len(told.saved)} saved, "
        f"{len(told.refused)} refused, {len(told.failed)} failed, "
        f"{len(lost)} lost in silence, {len(smuggled)} smuggled in, "
        f"{audited} audit rows, {seconds:.1f} s"
    )
    for line in told.failed[:5]:
        print(line)


if __name__ == "__main__":
    if "--write" in sys.argv:
        start_django()
        write_all(*map(int, sys.argv[2:]))
    else:
        sys.exit(main())
