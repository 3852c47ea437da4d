"""Clicks at the same moment: one finding of a card, one case of a finding."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from agencies.tests.factories import AgencyFactory, OfficeFactory, UserFactory
from documents.models import NumberRegister
from foreigners.models import Case, Finding
from foreigners.services.reporting import Said, report_finding
from foreigners.services.triage import FindingMoved, accept_finding, write_ground
from foreigners.tests.factories import FindingFactory
from timpora.tests.threads import database_in_a_file, in_own_connection

pytestmark = pytest.mark.slow


def at_once(tmp_path, work, look):
    """What four simultaneous calls answer, and what there is afterwards."""
    with database_in_a_file(tmp_path), ThreadPoolExecutor(4) as clicks:
        answers = list(clicks.map(lambda _click: in_own_connection(work), range(4)))
        return answers, clicks.submit(in_own_connection, look).result()


def test_card_delivered_four_times_at_once_is_one_finding(transactional_db, tmp_path):
    office = OfficeFactory()
    liaison = UserFactory(liaison=True, agency=AgencyFactory(keeper=office))
    said = Said(activity="Bekerja.", place="Gudang", seen_on=timezone.localdate())
    sent = {"key": uuid.uuid4(), "office": office, "origin": "instansi", "by": liaison}

    answers, found = at_once(
        tmp_path,
        lambda: report_finding(**sent, said=said).number,
        lambda: (
            Finding.objects.count(),
            NumberRegister.objects.get(kind="temuan").last,
        ),
    )

    assert len(set(answers)) == 1
    assert found == (1, 1)


def test_four_section_heads_at_once_open_one_case(transactional_db, tmp_path):
    finding = FindingFactory()
    head = UserFactory(agency=finding.office.agency, role="section_head")
    write_ground(finding, ground="Bekerja tanpa izin.", by=head)

    def accept():
        try:
            return accept_finding(
                Finding.objects.get(pk=finding.pk),
                reason="Kegiatan tidak sesuai izin.",
                title="Dugaan",
                violations=[],
                responsible=head,
                revision=2,
                by=head,
            ).number
        except FindingMoved:
            return "sudah diputus"

    answers, found = at_once(
        tmp_path,
        accept,
        lambda: (Case.objects.count(), NumberRegister.objects.get(kind="kasus").last),
    )

    assert sorted(answers)[1:] == ["sudah diputus"] * 3
    assert found == (1, 1)
