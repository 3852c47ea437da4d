"""What waits for a person on the home page, of findings."""

import pytest
from django.urls import reverse

from agencies.tests.factories import UserFactory
from foreigners.tests.factories import FindingFactory, FindingPersonFactory
from reports.queries.home import duties_of

pytestmark = pytest.mark.django_db


def duties(user):
    return [(duty.act, duty.about, duty.url) for duty in duties_of(user)]


def test_section_head_is_asked_to_triage_and_reads_who_reported_not_whom():
    finding = FindingFactory(activity="KENARI", place="KENARI")
    FindingPersonFactory(finding=finding, name="KENARI")
    FindingFactory(office=finding.office, state="outside")
    FindingFactory()
    head = UserFactory(agency=finding.office.agency, role="section_head")

    [(act, about, url)] = duties(head)

    assert act == f"Telaah temuan {finding.number}"
    assert url == reverse("foreigners:triage", args=[finding.pk])
    assert str(finding.reporter) in about
    assert "KENARI" not in about


def test_liaison_is_asked_to_complete_what_was_returned_to_the_agency():
    finding = FindingFactory(state="returned")
    other = FindingFactory(office=finding.office, state="returned")
    other.shared_with.add(finding.reporter)

    assert duties(finding.created_by) == [
        (
            f"Lengkapi temuan {finding.number}",
            finding.place,
            finding.get_absolute_url(),
        )
    ]


def test_officer_is_asked_to_complete_the_own_finding_alone():
    officer = UserFactory()
    office = officer.agency.office
    own = FindingFactory(office=office, state="returned", created_by=officer)
    FindingFactory(office=office, state="returned")
    FindingFactory(office=office)

    assert [url for _act, _about, url in duties(officer)] == [own.get_absolute_url()]
