"""The page of a step: its receipt, its confirmation, and every way to be refused."""

import pytest
from django.urls import reverse

from foreigners.models import Case, CaseEvent, Ground, Reading
from foreigners.services.casefile import touch
from foreigners.services.stepping import take_step
from foreigners.services.transitions import TABLE
from foreigners.tests.factories import CasePersonFactory
from foreigners.tests.ready import REASON, Ready, order, ready_for

pytestmark = pytest.mark.django_db


def url(ready: Ready, action: str) -> str:
    return reverse("foreigners:step", args=[ready.case.pk, action])


def read(client, ready: Ready, action: str) -> dict:
    """What the page's form carries."""
    return client.get(url(ready, action)).context["form"].initial


def test_receipt_is_shown_before_it_is_confirmed(client):
    ready = ready_for("examine")
    client.force_login(ready.officer)

    page = client.get(url(ready, "examine")).content.decode()

    for words in (
        "Pasal 30",
        "Belum diverifikasi, tanyakan",
        "Hasil pemeriksaan lapangan dicatat",
        f"OA-{ready.case.persons.get().foreigner_id}",
        "Pemberitahuan kepada perwakilan negaranya ditawarkan.",
        "Yang tidak diperiksa aplikasi",
        "Apakah alasan kecurigaan cukup",
    ):
        assert words in page
    assert Case.objects.get().state == "verification"


@pytest.mark.parametrize("row", [r for r in TABLE if r.roles], ids=lambda r: r.action)
def test_confirmed_step_is_taken_and_leads_back(client, row):
    ready = ready_for(row.action)
    client.force_login(ready.people[min(row.roles)])
    shown = read(client, ready, row.action)

    response = client.post(
        url(ready, row.action), {"reason": REASON, "choice": "on", **shown}
    )

    case = Case.objects.get()
    back = reverse("foreigners:cases") if case.is_sealed else case.get_absolute_url()
    assert (response.status_code, response["Location"]) == (302, back)
    assert case.state == row.target_from(row.sources[0])
    assert client.get(back).status_code == 200


def test_step_is_taken_once_however_often_it_is_sent(client):
    ready = ready_for("examine")
    client.force_login(ready.officer)
    sent = {"reason": REASON, **read(client, ready, "examine")}
    client.post(url(ready, "examine"), sent)

    again = client.post(url(ready, "examine"), sent)

    assert again.status_code == 409
    assert CaseEvent.objects.count() == 1


def test_state_that_is_skipped_by_address_is_refused(client):
    ready = ready_for("close")
    Case.objects.update(state="reported")
    client.force_login(ready.people["section_head"])
    shown = read(client, ready, "close")

    looked = client.get(url(ready, "close"))
    sent = client.post(url(ready, "close"), {"reason": REASON, **shown})

    assert (looked.status_code, sent.status_code) == (409, 409)
    assert "tidak dapat diambil dari status “Dilaporkan”" in sent.content.decode()
    assert Case.objects.get().state == "reported"


def test_step_of_another_role_is_forbidden(client):
    ready = ready_for("not_proven")
    client.force_login(ready.officer)
    shown = read(client, ready, "not_proven")

    page = client.get(url(ready, "not_proven"))
    sent = client.post(url(ready, "not_proven"), {"reason": REASON, **shown})

    assert "hanya dapat diambil oleh Kepala Seksi" in page.content.decode()
    assert 'name="reason"' not in page.content.decode()
    assert sent.status_code == 403
    assert Case.objects.get().state == "verification"


def test_step_of_the_law_is_nobody_s(client):
    ready = ready_for("window_over")
    client.force_login(ready.chief)
    shown = read(client, ready, "window_over")

    sent = client.post(url(ready, "window_over"), {"reason": REASON, **shown})

    assert sent.status_code == 403
    assert Case.objects.get().state == "window"


def test_step_that_is_unknown_is_missing(client):
    ready = ready_for("examine")
    client.force_login(ready.officer)

    assert client.get(url(ready, "deportasi")).status_code == 404


def test_second_officer_is_told_who_was_first_and_keeps_what_was_typed(client):
    ready = ready_for("examine")
    client.force_login(ready.people["section_head"])
    shown = read(client, ready, "examine")
    take_step(ready.case, "examine", by=ready.officer, reason=REASON, revision=1)

    response = client.post(
        url(ready, "examine"), {"reason": "Alasan yang sudah diketik.", **shown}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert f"{ready.officer} sudah mengambil langkah" in page
    assert response.context["form"].initial["reason"] == "Alasan yang sudah diketik."


def test_changed_case_is_read_again_before_it_is_confirmed_again(client):
    ready = ready_for("examine")
    client.force_login(ready.officer)
    shown = read(client, ready, "examine")
    touch(ready.case)

    refused = client.post(
        url(ready, "examine"), {"reason": "Alasan yang sudah diketik.", **shown}
    )
    form = refused.context["form"]
    taken = client.post(url(ready, "examine"), form.initial)

    assert "Alasan yang sudah diketik.</textarea>" in refused.content.decode()
    assert (refused.status_code, taken.status_code) == (409, 302)


def test_changed_law_is_read_again_before_it_is_confirmed(client):
    ready = ready_for("examine")
    client.force_login(ready.officer)
    shown = read(client, ready, "examine")
    Ground.objects.filter(code="examination").update(article="Pasal 99")

    refused = client.post(url(ready, "examine"), {"reason": REASON, **shown})

    assert refused.status_code == 409
    assert Case.objects.get().state == "verification"


def test_step_that_lacks_something_offers_no_button_and_says_what(client):
    ready = ready_for("examine")
    ready.case.orders.update(result_at=None)
    client.force_login(ready.officer)
    shown = read(client, ready, "examine")

    page = client.get(url(ready, "examine")).content.decode()
    sent = client.post(url(ready, "examine"), {"reason": REASON, **shown})

    assert "Hasil pemeriksaan lapangan belum dicatat" in page
    assert 'name="reason"' not in page
    assert sent.status_code == 409
    assert Case.objects.get().state == "verification"


@pytest.mark.parametrize("reason", ["", "ya", "x" * 5000])
def test_reason_that_cannot_be_kept_comes_back_with_what_was_typed(client, reason):
    ready = ready_for("examine")
    client.force_login(ready.officer)
    shown = read(client, ready, "examine")

    response = client.post(url(ready, "examine"), {"reason": reason, **shown})

    assert response.status_code == 422
    assert f"{reason}</textarea>" in response.content.decode()
    assert Case.objects.get().state == "verification"


@pytest.mark.parametrize(
    "reason", ["'; DROP TABLE kasus; --" * 2, "‮" + "x" * 12, "=1+1 " * 5, "x" * 4000]
)
def test_reason_is_kept_as_it_was_written(client, reason):
    ready = ready_for("examine")
    client.force_login(ready.officer)

    client.post(
        url(ready, "examine"), {**read(client, ready, "examine"), "reason": reason}
    )

    assert CaseEvent.objects.get().reason == reason.strip()


def test_override_wants_its_tick(client):
    ready = ready_for("execute_early")
    client.force_login(ready.chief)
    shown = {"reason": REASON, **read(client, ready, "execute_early")}

    unticked = client.post(url(ready, "execute_early"), shown)
    before = Case.objects.get().state
    client.post(url(ready, "execute_early"), {**shown, "choice": "on"})

    assert (unticked.status_code, before) == (422, "window")
    assert CaseEvent.objects.get().is_override


def test_receipt_prints_who_printed_it_and_is_noted_as_printed(client):
    ready = ready_for("examine")
    event = take_step(
        ready.case, "examine", by=ready.officer, reason=REASON, revision=1
    )
    client.force_login(ready.chief)

    page = client.get(event.get_absolute_url()).content.decode()

    reading = Reading.objects.get()
    assert f"Dicetak oleh {ready.chief.name} pada" in page
    assert event.receipt_sha256 in page
    assert REASON in page
    assert (reading.verb, reading.reader, reading.sha256, reading.foreigner) == (
        "printed",
        ready.chief,
        event.receipt_sha256,
        ready.case.persons.get().foreigner,
    )


def test_receipt_that_was_tampered_with_says_so(client):
    ready = ready_for("examine")
    event = take_step(
        ready.case, "examine", by=ready.officer, reason=REASON, revision=1
    )
    event.receipt["ground"]["article"] = "Pasal 1"
    event.save()
    client.force_login(ready.chief)

    page = client.get(event.get_absolute_url()).content.decode()

    assert "tidak cocok dengan sidik jarinya" in page


def test_receipt_of_one_case_is_not_found_under_another(client):
    ready = ready_for("examine")
    event = take_step(
        ready.case, "examine", by=ready.officer, reason=REASON, revision=1
    )
    other = CasePersonFactory(case__office=ready.office).case
    client.force_login(ready.chief)

    response = client.get(reverse("foreigners:receipt", args=[other.pk, event.pk]))

    assert response.status_code == 404


def test_looking_at_a_step_is_a_reading(client):
    ready = ready_for("examine")
    client.force_login(ready.officer)

    client.get(url(ready, "examine"))

    assert Reading.objects.get().fields == ["receipt"]


@pytest.mark.parametrize("rows", [1, 3])
def test_step_page_needs_the_same_queries_for_any_number_of_rows(
    client, rows, django_assert_num_queries
):
    ready = ready_for("examine")
    for _row in range(rows - 1):
        CasePersonFactory(case=ready.case)
        order(ready)
    client.force_login(ready.officer)
    client.get(url(ready, "examine"))

    with django_assert_num_queries(14):
        client.get(url(ready, "examine"))
