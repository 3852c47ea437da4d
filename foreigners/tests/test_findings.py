"""Where a finding is shown, to whom, and what its reporter learns of it."""

import pytest
from django.utils import timezone

from agencies.tests.factories import (
    AgencyFactory,
    MembershipFactory,
    OfficeFactory,
    TeamFactory,
    UserFactory,
)
from foreigners.models import CaseEvent, Finding
from foreigners.queries.findings import OUTCOMES, finding_page, offices_of, status_of
from foreigners.services.triage import return_finding, write_ground
from foreigners.tests.factories import (
    CaseFactory,
    FindingFactory,
    FindingPersonFactory,
    proof,
)

pytestmark = pytest.mark.django_db


def reread(finding):
    return Finding.objects.for_list().get(pk=finding.pk)


def closed_by(action):
    case = CaseFactory(state="closed")
    CaseEvent.objects.create(
        case=case,
        action=action,
        from_state="execution",
        to_state="closed",
        reason="Selesai dilaksanakan.",
        receipt={},
        receipt_sha256="0" * 64,
        at=timezone.now(),
        by=case.responsible,
    )
    return FindingFactory(office=case.office, state="accepted", case=case)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("submitted", "diterima"),
        ("returned", "dikembalikan"),
        ("outside", "bukan_imigrasi"),
        ("withdrawn", "ditarik"),
    ],
)
def test_status_word_of_a_finding_without_case(state, code):
    assert status_of(reread(FindingFactory(state=state))).code == code


@pytest.mark.parametrize(
    ("state", "case_state", "code"),
    [
        ("accepted", "reported", "diperiksa"),
        ("accepted", "prosecution", "diperiksa"),
        ("accepted", "reopened", "diperiksa"),
        ("joined", "examination", "digabung"),
        ("joined", "not_proven", "tidak_terbukti"),
        ("accepted", "not_proven", "tidak_terbukti"),
        ("accepted", "referred", "dilimpahkan"),
        ("accepted", "closed", "selesai"),
    ],
)
def test_status_word_follows_the_case_in_classes_alone(state, case_state, code):
    case = CaseFactory(state=case_state)
    finding = FindingFactory(office=case.office, state=state, case=case)

    assert status_of(reread(finding)).code == code


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ("close", "tindakan"),
        ("close_prosecution", "pro_justitia"),
        ("close_protection", "pelindungan"),
        ("close_referred", "dilimpahkan"),
        ("warn", "teguran"),
        ("objection_annulled", "tidak_terbukti"),
    ],
)
def test_step_that_closed_the_case_says_in_which_class_it_ended(action, code):
    assert status_of(reread(closed_by(action))).code == code
    assert action in OUTCOMES


def test_reporter_s_page_carries_what_the_agency_wrote_and_nothing_of_the_case():
    finding = closed_by("close")
    FindingPersonFactory(finding=finding)

    page = finding_page(reread(finding), user=finding.created_by)

    assert page.status is not None
    assert page.status.code == "tindakan"
    assert (page.events, page.case, page.returned_because) == ([], None, "")
    assert len(page.persons) == 1


def test_reporter_reads_why_it_was_returned():
    finding = FindingFactory()
    head = UserFactory(agency=finding.office.agency, role="section_head")
    return_finding(finding, reason="Alamat belum ada.", revision=1, by=head)

    page = finding_page(reread(finding), user=finding.created_by)

    assert page.returned_because == "Alamat belum ada."


def person_of(finding, who):
    office = finding.office.agency
    return {
        "reporter": lambda: finding.created_by,
        "colleague of the reporter": lambda: UserFactory(
            liaison=True, agency=finding.reporter
        ),
        "shared": lambda: shared_with(finding),
        "stranger": lambda: UserFactory(liaison=True),
        "other officer": UserFactory,
        "auditor": lambda: UserFactory(agency=office, role="auditor"),
        "administrator": lambda: UserFactory(agency=office, role="administrator"),
        "officer": lambda: UserFactory(agency=office),
        "section head": lambda: UserFactory(agency=office, role="section_head"),
        "chief": lambda: UserFactory(agency=office, role="chief"),
    }[who]()


def shared_with(finding):
    user = UserFactory(liaison=True)
    finding.shared_with.add(user.agency)
    return user


@pytest.mark.parametrize("grounded", [True, False])
@pytest.mark.parametrize(
    ("who", "sees", "persons"),
    [
        ("reporter", True, "always"),
        ("colleague of the reporter", True, "always"),
        ("shared", True, "never"),
        ("stranger", False, "never"),
        ("other officer", False, "never"),
        ("auditor", False, "never"),
        ("administrator", False, "never"),
        ("officer", True, "grounded"),
        ("section head", True, "grounded"),
        ("chief", True, "grounded"),
    ],
)
def test_who_sees_a_finding_and_who_its_persons_and_files(who, sees, persons, grounded):
    finding = FindingFactory()
    FindingPersonFactory(finding=finding)
    finding.files.add(proof())
    if grounded:
        write_ground(finding, ground="Bekerja tanpa izin.", by=UserFactory())
    user = person_of(finding, who)
    shown = persons == "always" or persons == "grounded" and grounded

    page = finding_page(reread(finding), user=user)

    assert Finding.objects.visible_to(user).exists() is sees
    assert Finding.objects.showing_persons_to(user).exists() is shown
    assert finding.shows_persons_to(user) is shown
    assert (len(page.persons), len(page.files)) == ((1, 1) if shown else (0, 0))


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("reporter", True),
        ("colleague of the reporter", True),
        ("shared", False),
        ("officer", False),
        ("section head", False),
        ("auditor", False),
    ],
)
def test_draft_is_its_writer_s_agency_s_alone(who, sees):
    finding = FindingFactory(state="draft", number="")
    user = person_of(finding, who)

    assert Finding.objects.listed_for(user).exists() is sees


def test_auditor_lists_that_there_is_a_finding():
    finding = FindingFactory()

    auditor = person_of(finding, "auditor")

    assert list(Finding.objects.listed_for(auditor)) == [finding]
    assert not finding_page(reread(finding), user=auditor).reads


def test_report_goes_to_the_offices_in_whose_teams_the_agency_sits():
    today = timezone.localdate()
    agency = AgencyFactory(keeper=OfficeFactory())
    seat = MembershipFactory(agency=agency)
    MembershipFactory(agency=agency, valid_to=today - timezone.timedelta(days=1))
    liaison = UserFactory(liaison=True, agency=agency)

    assert set(offices_of(liaison, on=today)) == {agency.keeper, seat.team.office}
    assert not offices_of(UserFactory(liaison=True), on=today).exists()


def test_officer_reports_to_the_own_office_alone():
    officer = UserFactory()
    TeamFactory()

    [office] = offices_of(officer, on=timezone.localdate())

    assert office.agency == officer.agency
