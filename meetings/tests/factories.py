import datetime as dt

import factory
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import AgencyFactory, TeamFactory, UserFactory
from meetings.models import (
    AgendaItem,
    Attendance,
    Entry,
    FollowUp,
    Invitation,
    Meeting,
    Minutes,
)


class MeetingFactory(factory.django.DjangoModelFactory[Meeting]):
    """A draft of a meeting next week; ``in_session=True`` for one that is going on."""

    class Meta:
        model = Meeting

    class Params:
        in_session = factory.Trait(
            state=Meeting.State.IN_SESSION,
            starts_at=factory.LazyFunction(timezone.now),
            opened_at=factory.SelfAttribute("starts_at"),
        )

    team = factory.SubFactory(TeamFactory)
    office = factory.SelfAttribute("team.office")
    title = factory.Sequence("Rapat Koordinasi {}".format)
    level = factory.SelfAttribute("team.level")
    venue = "Aula Kantor"
    starts_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + dt.timedelta(hours=4))
    created_by = factory.SubFactory(
        UserFactory, agency=factory.SelfAttribute("..office.agency")
    )
    chair = factory.SubFactory(
        UserFactory,
        agency=factory.SelfAttribute("..office.agency"),
        role=User.Role.CHIEF,
    )
    minute_taker = factory.SelfAttribute("created_by")


class AgendaItemFactory(factory.django.DjangoModelFactory[AgendaItem]):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    order = factory.Sequence(int)
    kind = AgendaItem.Kind.EXCHANGE
    title = "Pertukaran informasi"


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    """An invitation in the draft; ``sent=True`` for one that reached its agency."""

    class Meta:
        model = Invitation

    class Params:
        sent = factory.Trait(
            sent_at=factory.LazyFunction(timezone.now),
            token_expires_at=factory.LazyFunction(
                lambda: timezone.now() + dt.timedelta(days=30)
            ),
        )

    meeting = factory.SubFactory(MeetingFactory)
    agency = factory.SubFactory(AgencyFactory)
    addressee = "Kepala"


class AttendanceFactory(factory.django.DjangoModelFactory[Attendance]):
    """Nobody has said anything yet; ``present=True`` for an agency that came."""

    class Meta:
        model = Attendance

    class Params:
        present = factory.Trait(
            state=Attendance.State.PRESENT,
            method=Attendance.Method.OFFICER,
            recorded_at=factory.LazyFunction(timezone.now),
            person="Peserta Contoh",
        )

    invitation = factory.SubFactory(InvitationFactory, sent=True)
    meeting = factory.SelfAttribute("invitation.meeting")
    agency = factory.SelfAttribute("invitation.agency")


class MinutesFactory(factory.django.DjangoModelFactory[Minutes]):
    class Meta:
        model = Minutes

    meeting = factory.SubFactory(MeetingFactory, in_session=True)


class EntryFactory(factory.django.DjangoModelFactory[Entry]):
    class Meta:
        model = Entry

    minutes = factory.SubFactory(MinutesFactory)
    item = factory.SubFactory(
        AgendaItemFactory, meeting=factory.SelfAttribute("..minutes.meeting")
    )
    kind = Entry.Kind.STATEMENT
    agency = factory.SubFactory(AgencyFactory)
    text = factory.Sequence("Keterangan ke-{}.".format)


class FollowUpFactory(factory.django.DjangoModelFactory[FollowUp]):
    class Meta:
        model = FollowUp

    origin = factory.SubFactory(MeetingFactory)
    office = factory.SelfAttribute("origin.office")
    team = factory.SelfAttribute("origin.team")
    text = factory.Sequence("Tindak lanjut ke-{}".format)
    owner = factory.SubFactory(AgencyFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=14))
    created_on = factory.LazyFunction(timezone.localdate)
