import datetime as dt
import uuid

import pytest

from agencies.models import AuditEntry
from agencies.tests.factories import AgencyFactory, OfficeFactory, UserFactory
from foreigners.models import Finding, Foreigner
from foreigners.services.registering import (
    correct_finding,
    register_finding,
    withdraw_finding,
)
from foreigners.tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


def register(office, day=dt.date(2025, 7, 23)):
    return register_finding(
        key=uuid.uuid4(),
        office=office,
        reporter=AgencyFactory(),
        reported_on=day,
        activity="Dugaan kegiatan tidak sesuai izin tinggal.",
        persons="Nama Contoh",
        classification="terbatas",
        by=UserFactory(office=office),
    )


def test_findings_are_numbered_per_office_and_year():
    office = OfficeFactory()

    numbers = [
        register(office).number,
        register(office).number,
        register(office, dt.date(2026, 1, 2)).number,
        register(OfficeFactory()).number,
    ]

    assert numbers == ["TM-0001/2025", "TM-0002/2025", "TM-0001/2026", "TM-0001/2025"]


def test_audit_of_a_finding_names_no_person():
    finding = register(OfficeFactory())

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.data) == (
        "foreigners.register_finding",
        {"number": finding.number},
    )


def test_unchanged_finding_leaves_no_trace_of_a_correction():
    finding = register(OfficeFactory())

    correct_finding(
        finding,
        reporter=finding.reporter,
        activity=finding.activity,
        persons=finding.persons,
        classification=finding.classification,
        reason="Perbaikan.",
        by=finding.created_by,
    )

    assert not AuditEntry.objects.filter(verb="foreigners.correct_finding").exists()


def test_withdrawn_finding_keeps_its_number_and_is_withdrawn_once():
    finding = register(OfficeFactory())

    withdraw_finding(finding, reason="Keliru.", by=finding.created_by)
    withdraw_finding(finding, reason="Keliru.", by=finding.created_by)

    finding = Finding.objects.get()
    assert (finding.state, finding.number) == ("withdrawn", "TM-0001/2025")
    assert AuditEntry.objects.filter(verb="foreigners.withdraw_finding").count() == 1


def test_registered_corrected_and_withdrawn_finding_keeps_its_steps():
    finding = register(OfficeFactory())

    correct(finding, activity="Uraian yang diperbaiki.")
    withdraw_finding(finding, reason="Keliru.", by=finding.created_by)

    assert list(finding.events.values_list("state", "reason")) == [
        ("submitted", ""),
        ("submitted", "Perbaikan."),
        ("withdrawn", "Keliru."),
    ]


def correct(finding, **changes):
    said = {
        "reporter": finding.reporter,
        "activity": finding.activity,
        "persons": finding.persons,
        "classification": finding.classification,
    }
    correct_finding(finding, **said | changes, reason="Perbaikan.", by=UserFactory())


def test_correction_of_the_minutes_undoes_no_decision_and_tells_the_case():
    finding = register(OfficeFactory())
    case = CaseFactory(office=finding.office)
    Finding.objects.update(state="joined", case=case)
    finding.refresh_from_db()

    correct(finding, activity="Uraian yang diperbaiki.")
    withdraw_finding(finding, reason="Keliru.", by=finding.created_by)

    finding = Finding.objects.get()
    assert (finding.state, finding.case) == ("joined", case)
    assert finding.activity == "Uraian yang diperbaiki."
    case.refresh_from_db()
    assert case.revision == 2


def test_withdrawn_finding_that_the_minutes_report_again_waits_again():
    finding = register(OfficeFactory())
    withdraw_finding(finding, reason="Keliru.", by=finding.created_by)
    finding.refresh_from_db()

    correct(finding)

    assert Finding.objects.get().state == "submitted"


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ((1985, 4, 12), "12 April 1985"),
        ((1985, 4, None), "April 1985"),
        ((1985, None, None), "1985"),
        ((None, None, None), ""),
    ],
)
def test_a_birth_date_reads_as_far_as_it_is_known(known, text):
    year, month, day = known
    person = Foreigner(birth_year=year, birth_month=month, birth_day=day)

    assert person.birth_date_text == text
