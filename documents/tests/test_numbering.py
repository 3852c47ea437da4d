import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from agencies.models import AuditEntry
from agencies.tests.factories import OfficeFactory, UserFactory
from documents.models import NumberRegister, TakenNumber
from documents.services.numbering import (
    BadNumberPattern,
    NoNumberPattern,
    NumberAlreadyVoid,
    ReasonMissing,
    check_pattern,
    take_number,
    void_number,
)
from documents.tests.factories import NumberPatternFactory

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 9)


@pytest.mark.parametrize(
    "pattern", ["{unit}-{tahun}", "{nomor}{bulan}", "{nomor", "a}{nomor}"]
)
def test_pattern_that_cannot_number_is_refused(pattern):
    with pytest.raises(BadNumberPattern):
        check_pattern(pattern)


def test_office_without_pattern_takes_no_number():
    with pytest.raises(NoNumberPattern):
        take_number(OfficeFactory(), "undangan", on=MARCH)

    assert not NumberRegister.objects.exists()


def test_numbers_count_up_per_office_kind_and_year():
    office = NumberPatternFactory(
        pattern="{unit}-{klasifikasi}-{nomor}/{bulan_romawi}/{tahun}"
    ).office
    other = NumberPatternFactory().office

    texts = [
        take_number(of, "undangan", on=day).text
        for of, day in [
            (office, MARCH),
            (office, MARCH),
            (other, MARCH),
            (office, dt.date(2027, 1, 2)),
        ]
    ]

    unit = "WIM.12.IMI.IMI.3-GR.06.01"
    assert texts == [
        f"{unit}-1/III/2026",
        f"{unit}-2/III/2026",
        f"{unit}-1",
        f"{unit}-1/I/2027",
    ]


def test_failed_paper_leaves_no_gap():
    office = NumberPatternFactory().office
    take_number(office, "undangan", on=MARCH)

    with transaction.atomic():
        take_number(office, "undangan", on=MARCH)
        transaction.set_rollback(True)

    assert take_number(office, "undangan", on=MARCH).serial == 2


def test_void_number_stays_void_over_new_year_and_is_not_taken_again():
    office = NumberPatternFactory().office
    first = take_number(office, "undangan", on=MARCH)

    void_number(first, reason="Salah alamat.", by=UserFactory(agency=office.agency))

    assert take_number(office, "undangan", on=MARCH).serial == 2
    assert take_number(office, "undangan", on=dt.date(2027, 1, 1)).serial == 1
    first = TakenNumber.objects.get(pk=first.pk)
    assert (first.void_reason, first.voided_at is not None) == ("Salah alamat.", True)
    assert AuditEntry.objects.get().verb == "documents.void_number"


def test_number_is_voided_once_and_with_a_reason():
    office = NumberPatternFactory().office
    number = take_number(office, "undangan", on=MARCH)
    officer = UserFactory(agency=office.agency)

    with pytest.raises(ReasonMissing):
        void_number(number, reason=" ", by=officer)
    void_number(number, reason="Salah alamat.", by=officer)
    with pytest.raises(NumberAlreadyVoid):
        void_number(number, reason="Lagi.", by=officer)

    assert TakenNumber.objects.get().void_reason == "Salah alamat."


def test_pattern_is_changed_from_its_row_and_shows_what_it_would_write(client):
    pattern = NumberPatternFactory(pattern="{unit}/{klasifikasi}/{nomor}")
    unit = pattern.office.unit_code
    client.force_login(UserFactory(agency=pattern.office.agency, role="administrator"))

    page = client.get(reverse("documents:patterns"), {"jenis": pattern.kind})

    assert page.context["form"]["pattern"].value() == pattern.pattern
    assert f"{unit}/{pattern.classification_code}/1" in page.content.decode()


@pytest.mark.parametrize("reason", ["Lagi.", "x" * 501])
def test_refused_voiding_gives_the_reason_back(client, reason):
    office = NumberPatternFactory().office
    number = take_number(office, "undangan", on=MARCH)
    officer = UserFactory(agency=office.agency)
    void_number(number, reason="Salah alamat.", by=officer)
    client.force_login(officer)

    response = client.post(
        reverse("documents:void", args=[number.pk]), {"reason": reason}, follow=True
    )

    assert f"“{reason}”" in response.content.decode()
