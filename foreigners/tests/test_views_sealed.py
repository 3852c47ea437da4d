"""What was not proven: out of sight for all, opened for a reason, found in the log."""

import datetime as dt
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from foreigners.models import Case, CaseNote, Reading
from foreigners.services.stepping import take_step
from foreigners.tests.factories import CasePersonFactory
from foreigners.tests.ready import REASON, ready_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed():
    ready = ready_for("not_proven")
    CasePersonFactory(case=ready.case, foreigner__name="NAMA TERSEGEL")
    Case.objects.update(title="Perkara tersegel")
    take_step(
        ready.case,
        "not_proven",
        by=ready.people["section_head"],
        reason=REASON,
        revision=1,
    )
    return ready


def url(name, *args):
    return reverse(f"foreigners:{name}", args=args)


@pytest.mark.parametrize("who", ["officer", "section_head", "chief"])
def test_sealed_case_is_missing_without_a_reason(client, sealed, who):
    client.force_login(sealed.people[who])
    case = sealed.case

    answers = {
        client.get(address).status_code
        for address in (
            case.get_absolute_url(),
            url("step", case.pk, "reopen"),
            url("receipt", case.pk, case.events.get().pk),
            url("case_edit", case.pk),
        )
    }

    assert answers == {404}


def test_register_of_sealed_cases_shows_numbers_and_dates_alone(client, sealed):
    client.force_login(sealed.chief)

    page = client.get(url("sealed_cases")).content.decode()

    assert sealed.case.number in page
    assert "Perkara tersegel" not in page
    assert "NAMA TERSEGEL" not in page


@pytest.mark.parametrize("reason", ["", "lihat", " " * 30])
def test_sealed_case_does_not_open_without_a_reason_that_says_something(
    client, sealed, reason
):
    client.force_login(sealed.chief)

    response = client.post(url("sealed_case", sealed.case.pk), {"reason": reason})

    assert response.status_code == 422
    assert client.get(sealed.case.get_absolute_url()).status_code == 404
    assert not Reading.objects.exists()


def test_sealed_case_opens_for_a_reason_that_is_kept_with_the_reading(client, sealed):
    client.force_login(sealed.chief)

    response = client.post(
        url("sealed_case", sealed.case.pk), {"reason": "Permohonan orangnya."}
    )
    page = client.get(response["Location"]).content.decode()

    person = sealed.case.persons.get().foreigner
    reading = Reading.objects.filter(foreigner=person).last()
    assert "Perkara tersegel" in page
    assert (reading.verb, reading.reason) == ("opened", "Permohonan orangnya.")


def test_sealed_case_shuts_again_after_half_an_hour(client, sealed):
    with time_machine.travel(timezone.now(), tick=False) as now:
        client.force_login(sealed.chief)
        client.post(
            url("sealed_case", sealed.case.pk), {"reason": "Permohonan orangnya."}
        )
        now.shift(dt.timedelta(minutes=29))
        before = client.get(sealed.case.get_absolute_url()).status_code
        now.shift(dt.timedelta(minutes=2))
        after = client.get(sealed.case.get_absolute_url()).status_code

    assert (before, after) == (200, 404)


def test_reason_given_for_one_case_opens_no_other(client, sealed):
    other = ready_for("conference_not_proven")
    Case.objects.filter(pk=other.case.pk).update(
        office=sealed.office, state="not_proven", sealed_at=timezone.now()
    )
    client.force_login(sealed.chief)

    client.post(url("sealed_case", sealed.case.pk), {"reason": "Permohonan orangnya."})

    assert client.get(other.case.get_absolute_url()).status_code == 404


def test_chief_reopens_a_sealed_case_on_new_evidence(client, sealed):
    case = sealed.case
    client.force_login(sealed.chief)
    client.post(url("sealed_case", case.pk), {"reason": "Ada bukti baru."})
    client.post(
        url("note_add", case.pk),
        {
            "text": "Surat dari perusahaan.",
            "classification": "terbatas",
            "attachments": pdf(),
        },
    )
    form = client.get(url("step", case.pk, "reopen")).context["form"]

    client.post(url("step", case.pk, "reopen"), {"reason": REASON, **form.initial})

    case.refresh_from_db()
    assert CaseNote.objects.get().files.count() == 1
    assert (case.state, case.sealed_at) == ("reopened", None)


def pdf():
    made = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(made)
    return SimpleUploadedFile("surat.pdf", made.getvalue())


@pytest.mark.parametrize("rows", [1, 3])
def test_register_of_sealed_cases_needs_the_same_queries_for_any_number_of_rows(
    client, sealed, rows, django_assert_num_queries
):
    for _row in range(rows - 1):
        other = ready_for("conference_not_proven")
        Case.objects.filter(pk=other.case.pk).update(
            office=sealed.office, state="not_proven", sealed_at=timezone.now()
        )
    client.force_login(sealed.chief)
    client.get(url("sealed_cases"))

    with django_assert_num_queries(4):
        response = client.get(url("sealed_cases"))

    assert len(response.context["page"]) == rows
