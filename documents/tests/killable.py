"""The project's own worker as a test kills it: a queue to itself, and a short lease.

celery -A documents.tests.killable worker …
python -m documents.tests.killable 20        issue so many papers, each rung for twice
"""

import datetime as dt
import os
import sys

from celery.signals import worker_init
from django.utils import timezone

from timpora import outbox
from timpora.celery import app

outbox.LEASE = dt.timedelta(seconds=float(os.environ["TEST_LEASE_SECONDS"]))
# How long the task of a lost process keeps its place; ten seconds by default.
app.conf.worker_lost_wait = 0.1
app.conf.broker_transport_options = {
    **app.conf.broker_transport_options,
    "global_keyprefix": os.environ["TEST_QUEUE"],
}


@worker_init.connect
def load_renderer(**kwargs: object) -> None:
    """Before the worker forks, so that a process is at work as soon as it is there."""
    import documents.services.rendering  # noqa: F401, PLC0415 -- slow import
    from timpora.pdf import stylesheet  # noqa: PLC0415 -- slow import

    stylesheet("css/paper.css")


def issue_papers(count: int) -> None:
    """As a web process does it: rows, commit, bell; nobody waits for the worker."""
    # The settings have to be known first.
    from agencies.models import User  # noqa: PLC0415 -- leaf
    from documents.models import Document, DocumentVersion  # noqa: PLC0415 -- leaf
    from documents.services.issuing import issue  # noqa: PLC0415 -- leaf
    from documents.services.snapshots import (  # noqa: PLC0415 -- leaf
        letterhead_of,
        signer_for,
        signer_of,
    )
    from documents.tasks import render  # noqa: PLC0415 -- leaf

    officer = User.objects.select_related("agency__office").get(role="officer")
    office = officer.agency.office
    signer = signer_for(office, officer)
    for number in range(count):
        version = issue(
            office=office,
            kind=Document.Kind.MINUTES,
            title=f"Notula rapat ke-{number}",
            dated_on=dt.date(2026, 3, 9),
            template="foreigners/pdf/pelimpahan.html",
            snapshot={"office": letterhead_of(office), "signer": signer_of(signer)},
            by=officer,
            signers={"signer": signer},
        )
        outbox.send(render, version.pk)
    # The sweep leaves alone what has only just been rung for.
    DocumentVersion.objects.update(queued_at=timezone.now() - dt.timedelta(minutes=2))


if __name__ == "__main__":
    import django

    django.setup()
    issue_papers(int(sys.argv[1]))
