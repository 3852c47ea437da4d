"""Every task of this app, delivered twice."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from agencies.tests.factories import AgencyFactory
from documents.services.storing import store
from documents.tests.factories import DocumentVersionFactory
from meetings.tasks import deliver_invitation, sweep
from meetings.tests.factories import FollowUpFactory, InvitationFactory
from timpora.tests.twice import deliver_twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def summons():
    """An invitation whose letter is ready, and whose mail is owed."""
    letter = DocumentVersionFactory(ready=True, file=store(b"%PDF-1.7 surat"))
    return InvitationFactory(
        sent=True, email="a@contoh.example", mail_owed=True, letter=letter.document
    )


def test_second_delivery_of_an_invitation_mails_nothing(
    summons, django_capture_on_commit_callbacks
):
    before, once, twice = deliver_twice(
        deliver_invitation, summons.pk, capture=django_capture_on_commit_callbacks
    )

    assert before != once == twice
    assert [message.to for message in mail.outbox] == [["a@contoh.example"]]


def test_second_sweep_mails_and_reminds_nobody(
    summons, django_capture_on_commit_callbacks
):
    FollowUpFactory(
        owner=AgencyFactory(email="b@contoh.example"),
        due_on=timezone.localdate() + dt.timedelta(days=1),
    )

    before, once, twice = deliver_twice(
        sweep, capture=django_capture_on_commit_callbacks
    )

    assert before != once == twice
    assert sorted(message.to[0] for message in mail.outbox) == [
        "a@contoh.example",
        "b@contoh.example",
    ]
