import pytest
from django.urls import reverse

from agencies.models import AuditEntry, Notification
from agencies.tests.factories import AgencyFactory, UserFactory
from foreigners.models import Case, Finding, FindingEvent
from foreigners.services.triage import (
    FindingMoved,
    GroundMissing,
    GroundWritten,
    PersonAlreadyLinked,
    ReasonTooShort,
    ReferralToOneself,
    accept_finding,
    join_finding,
    link_person,
    refer_finding,
    return_finding,
    set_outside,
    write_ground,
)
from foreigners.tests.factories import (
    CaseFactory,
    FindingFactory,
    FindingPersonFactory,
    ForeignerFactory,
    ViolationFactory,
)

pytestmark = pytest.mark.django_db

REASON = "Kegiatan tidak sesuai izin."


@pytest.fixture
def finding():
    return FindingFactory()


@pytest.fixture
def head(finding):
    return UserFactory(agency=finding.office.agency, role="section_head")


@pytest.fixture
def grounded(finding, head):
    write_ground(finding, ground="Bekerja di luar jam kunjungan.", by=head)
    return finding


def accept(finding, head, **changes):
    said = {
        "reason": REASON,
        "title": "Dugaan kegiatan tidak sesuai izin tinggal",
        "violations": [ViolationFactory(), ViolationFactory(code="DOK-TDK")],
        "responsible": head,
        "revision": finding.revision,
        "by": head,
    }
    return accept_finding(finding, **said | changes)


def decisions(finding, head):
    """Each decision under its name, to be taken with a reason and a revision."""
    case = CaseFactory(office=finding.office)
    agency = AgencyFactory()
    return {
        "return": lambda **said: return_finding(finding, by=head, **said),
        "accept": lambda **said: accept(finding, head, **said),
        "join": lambda **said: join_finding(finding, case=case, by=head, **said),
        "refer": lambda **said: refer_finding(finding, to=agency, by=head, **said),
        "outside": lambda **said: set_outside(finding, by=head, **said),
    }


@pytest.mark.parametrize("which", ["return", "accept", "join", "refer", "outside"])
@pytest.mark.parametrize("reason", ["", "   ", "pendek", "  sembilan "])
def test_no_decision_without_a_reason_of_ten_letters(grounded, head, which, reason):
    with pytest.raises(ReasonTooShort):
        decisions(grounded, head)[which](reason=reason, revision=grounded.revision)

    assert Finding.objects.get().state == "submitted"
    assert not Notification.objects.exists()


@pytest.mark.parametrize("which", ["return", "accept", "join", "refer", "outside"])
def test_of_two_deciders_one_wins_and_the_other_reads_who(grounded, head, which):
    stale = Finding.objects.get(pk=grounded.pk)
    decide = decisions(stale, head)[which]
    other = UserFactory(agency=grounded.office.agency, name="Kasi Contoh Lain")
    set_outside(grounded, reason=REASON, revision=grounded.revision, by=other)
    cases = Case.objects.count()

    with pytest.raises(FindingMoved, match=r"Kasi Contoh Lain: Bukan urusan"):
        decide(reason=REASON, revision=stale.revision)

    assert Finding.objects.get().state == "outside"
    assert Case.objects.count() == cases


def test_finding_that_changed_since_it_was_read_is_not_decided(finding, head):
    write_ground(Finding.objects.get(), ground="Bekerja tanpa izin.", by=head)

    with pytest.raises(FindingMoved, match="berubah sejak"):
        return_finding(finding, reason=REASON, revision=1, by=head)


@pytest.mark.parametrize("which", ["accept", "join"])
def test_no_case_before_the_ground_for_suspicion_is_written(finding, head, which):
    cases = Case.objects.count()
    decide = decisions(finding, head)[which]

    with pytest.raises(GroundMissing):
        decide(reason=REASON, revision=1)

    assert Case.objects.count() == cases + 1
    assert Finding.objects.get().state == "submitted"


def test_ground_is_written_once_and_the_second_reads_by_whom(grounded):
    with pytest.raises(GroundWritten, match="Orang Contoh"):
        write_ground(grounded, ground="Dasar yang lain lagi.", by=UserFactory())

    assert Finding.objects.get().ground == "Bekerja di luar jam kunjungan."


def test_ground_of_a_decided_finding_can_t_be_written(finding, head):
    set_outside(finding, reason=REASON, revision=1, by=head)

    with pytest.raises(FindingMoved):
        write_ground(finding, ground="Dasar yang terlambat.", by=head)


def test_accepted_finding_opens_a_case_with_its_violations(grounded, head):
    case = accept(grounded, head)

    grounded.refresh_from_db()
    assert (grounded.state, grounded.case) == ("accepted", case)
    assert (case.office, case.responsible) == (grounded.office, head)
    assert (case.summary, case.classification) == (grounded.activity, "terbatas")
    assert list(case.violations.values_list("violation__code", "is_main")) == [
        ("SIT-KEG", True),
        ("DOK-TDK", False),
    ]
    event = FindingEvent.objects.get()
    assert (event.state, event.reason, event.by) == ("accepted", REASON, head)


def test_joined_finding_makes_a_receipt_shown_before_stale(grounded, head):
    case = CaseFactory(office=grounded.office)

    join_finding(
        grounded, case=case, reason=REASON, revision=grounded.revision, by=head
    )

    assert Finding.objects.get().case == case
    assert Case.objects.get().revision == 2


def test_finding_joins_a_case_that_ended_as_new_evidence(grounded, head):
    case = CaseFactory(office=grounded.office, state="not_proven")

    join_finding(
        grounded, case=case, reason=REASON, revision=grounded.revision, by=head
    )

    assert Finding.objects.get().state == "joined"


def test_referred_finding_is_read_by_its_agency_without_persons(finding, head):
    FindingPersonFactory(finding=finding)
    receiver = UserFactory(liaison=True)

    refer_finding(finding, to=receiver.agency, reason=REASON, revision=1, by=head)

    finding = Finding.objects.visible_to(receiver).get()
    assert (finding.state, finding.referred_to) == ("referred", receiver.agency)
    assert not finding.shows_persons_to(receiver)
    assert not Finding.objects.showing_persons_to(receiver).exists()


def test_finding_is_not_referred_to_the_office_itself(finding, head):
    with pytest.raises(ReferralToOneself):
        refer_finding(
            finding, to=finding.office.agency, reason=REASON, revision=1, by=head
        )


@pytest.mark.parametrize("which", ["return", "accept", "join", "refer", "outside"])
def test_reporter_is_told_that_something_happened_and_nothing_else(
    grounded, head, which
):
    decisions(grounded, head)[which](reason=REASON, revision=grounded.revision)

    mail = Notification.objects.get(to=grounded.created_by.email)
    assert mail.subject == f"Status temuan {grounded.number}"
    assert reverse("foreigners:finding", args=[grounded.pk]) in mail.body
    for word in (REASON, grounded.activity, grounded.place, grounded.ground):
        assert word not in mail.body


def test_whoever_decides_their_own_finding_gets_no_mail(head, finding):
    own = FindingFactory(
        office=finding.office,
        reporter=finding.office.agency,
        origin="petugas",
        created_by=head,
    )

    set_outside(own, reason=REASON, revision=1, by=head)

    assert not Notification.objects.exists()


def test_reason_stands_with_the_finding_and_not_in_the_audit(finding, head):
    return_finding(finding, reason="Alasan tentang orang.", revision=1, by=head)

    entry = AuditEntry.objects.get(verb="foreigners.decide_finding")
    assert (entry.reason, entry.data) == ("", {"state": "returned", "case": None})


def test_named_person_is_linked_with_the_register_once(head):
    person = FindingPersonFactory()
    foreigner = ForeignerFactory(office=person.finding.office)

    link_person(person, foreigner=foreigner, by=head)
    with pytest.raises(PersonAlreadyLinked):
        link_person(person, foreigner=ForeignerFactory(), by=head)

    person.refresh_from_db()
    assert person.foreigner == foreigner
