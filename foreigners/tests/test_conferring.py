import pytest
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import UserFactory
from documents.models import Document
from documents.tests.factories import DocumentVersionFactory, NumberPatternFactory
from foreigners.models import Case, CasePaper, Conference, Examination
from foreigners.services.conferring import (
    ConferenceChanged,
    ConferenceRefused,
    cancel_conference,
    close_conference,
    convene,
    freeze_again,
    state_position,
)
from foreigners.tests.factories import CaseFactory, CasePersonFactory
from foreigners.tests.law import law

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    law()
    case = CaseFactory(state=Case.State.EXAMINATION)
    NumberPatternFactory(office=case.office, kind=Document.Kind.CONFERENCE)
    CasePersonFactory(case=case)
    return case


@pytest.fixture
def people(case) -> list[User]:
    roles = (User.Role.CHIEF, User.Role.SECTION_HEAD, User.Role.OFFICER)
    return [UserFactory(agency=case.office.agency, role=role) for role in roles]


def call(case, people, **changes) -> Conference:
    chair, *members = people
    fields = {
        "planned_at": timezone.now(),
        "place": "Ruang rapat",
        "chair": chair,
        "members": {member: member.post for member in members},
        "quorum": 3,
        "by": people[1],
    }
    return convene(case, **{**fields, **changes})


def agree(conference, people, outcome="tak") -> None:
    for member in people:
        state_position(
            conference, outcome=outcome, reason="Sesuai bahan yang dibaca.", by=member
        )


def close(conference, **changes) -> None:
    fields = {
        "outcome": "tak",
        "criteria": ["bukti"],
        "conclusion": "Dikenai tindakan administratif.",
        "revision": conference.revision,
        "by": conference.chair,
    }
    close_conference(conference, **{**fields, **changes})


def paper(case) -> None:
    CasePaper.objects.create(
        case=case,
        document=DocumentVersionFactory(document__office=case.office).document,
    )


def test_examiner_of_the_case_does_not_chair_even_under_another_role(case, people):
    chair = people[0]
    Examination.objects.create(
        case=case,
        person=case.persons.get(),
        examiner=chair,
        place="Kantor",
        started_at=timezone.now(),
        language="Indonesia",
    )
    User.objects.filter(pk=chair.pk).update(role=User.Role.SECTION_HEAD)

    with pytest.raises(ConferenceRefused, match="Pemeriksa"):
        call(case, people)


@pytest.mark.parametrize("quorum", [2, 4])
def test_quorum_is_at_least_three_and_can_be_reached(case, people, quorum):
    with pytest.raises(ConferenceRefused, match="kuorum"):
        call(case, people, quorum=quorum)


def test_two_members_make_no_conference(case, people):
    with pytest.raises(ConferenceRefused, match="kuorum"):
        call(case, people[:2])


def test_case_that_was_not_examined_has_no_conference(case, people):
    Case.objects.update(state=Case.State.VERIFICATION)
    case.refresh_from_db()

    with pytest.raises(ConferenceRefused, match="setelah pemeriksaan"):
        call(case, people)


def test_outcome_waits_for_the_quorum(case, people):
    conference = call(case, people)
    agree(conference, people[:2])

    with pytest.raises(ConferenceRefused, match="2 dari 3"):
        close(conference)


def test_chair_alone_closes(case, people):
    conference = call(case, people)
    agree(conference, people)

    with pytest.raises(ConferenceRefused, match="Hanya pimpinan"):
        close(conference, by=people[1])


def test_outcome_that_nobody_holds_is_refused(case, people):
    conference = call(case, people)
    agree(conference, people)

    with pytest.raises(ConferenceRefused, match="Tidak ada anggota"):
        close(conference, outcome="projustisia")


def test_administrative_measure_names_its_criterion(case, people):
    conference = call(case, people)
    agree(conference, people)

    with pytest.raises(ConferenceRefused, match="kriteria"):
        close(conference, criteria=[])


def test_stranger_states_no_position(case, people):
    conference = call(case, people)

    with pytest.raises(ConferenceRefused, match="bukan anggota"):
        state_position(
            conference,
            outcome="tak",
            reason="Ikut campur saja.",
            by=UserFactory(agency=case.office.agency),
        )


def test_new_paper_makes_the_materials_stale_and_freezing_voids_the_positions(
    case, people
):
    conference = call(case, people)
    agree(conference, people)
    paper(case)

    with pytest.raises(ConferenceChanged, match="Bahan berubah"):
        close(conference)
    freeze_again(conference, by=people[0])

    assert not conference.positions.exclude(outcome="").exists()
    assert len(conference.materials) == 1


def test_chair_closes_on_the_positions_that_were_read(case, people):
    conference = call(case, people)
    agree(conference, people)
    read = conference.revision
    state_position(
        conference, outcome="tidak_terbukti", reason="Berubah pikiran.", by=people[2]
    )

    with pytest.raises(ConferenceChanged, match="pendapat baru"):
        close(conference, revision=read)


def test_dissent_stays_in_the_paper(case, people):
    conference = call(case, people)
    agree(conference, people[:2])
    state_position(
        conference,
        outcome="tidak_terbukti",
        reason="Buktinya hanya satu keterangan.",
        by=people[2],
    )

    close(conference)

    held = Conference.objects.get()
    rows = held.version.snapshot["positions"]
    assert (held.state, held.outcome) == ("held", "tak")
    assert [row["dissents"] for row in rows] == [False, False, True]
    assert "Buktinya hanya satu keterangan." in str(rows)


def test_closed_conference_takes_no_more_positions(case, people):
    conference = call(case, people)
    agree(conference, people)
    close(conference)

    with pytest.raises(ConferenceRefused, match="sudah ditutup"):
        agree(Conference.objects.get(), people[:1])
    with pytest.raises(ConferenceRefused, match="sudah ditutup"):
        cancel_conference(conference, reason="Keliru hari.", by=people[0])


def test_members_may_read_the_secret_case_that_they_judge(case, people):
    Case.objects.update(classification="rahasia")

    call(case, people)

    assert list(Case.objects.visible_to(people[2])) == [case]
