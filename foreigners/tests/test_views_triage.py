import html
import re

import pytest
from django.urls import reverse

from agencies.models import AuditEntry
from agencies.tests.factories import AgencyFactory, UserFactory
from foreigners.models import Case, Finding
from foreigners.services.triage import set_outside, write_ground
from foreigners.tests.factories import (
    CaseFactory,
    FindingFactory,
    FindingPersonFactory,
    ViolationFactory,
    proof,
)

pytestmark = pytest.mark.django_db

REASON = "Kegiatan tidak sesuai izin."


@pytest.fixture
def finding():
    return FindingFactory()


@pytest.fixture
def head(finding, client):
    user = UserFactory(agency=finding.office.agency, role="section_head")
    client.force_login(user)
    return user


@pytest.fixture
def grounded(finding, head):
    write_ground(finding, ground="Bekerja di luar izin.", by=head)
    return finding


def page_of(finding):
    return reverse("foreigners:triage", args=[finding.pk])


def decide(client, finding, decision, **said):
    said = {"revision": finding.revision, "reason": REASON} | said
    url = reverse("foreigners:triage_decide", args=[finding.pk, decision])
    return client.post(url, said)


def text_of(response):
    return html.unescape(response.content.decode())


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("section_head", 200),
        ("officer", 403),
        ("chief", 403),
        ("auditor", 404),
        ("administrator", 404),
        ("reporter", 403),
        ("stranger", 404),
    ],
)
def test_who_reaches_triage(client, finding, who, status):
    user = {
        "reporter": lambda: finding.created_by,
        "stranger": lambda: UserFactory(role="section_head"),
    }.get(who, lambda: UserFactory(agency=finding.office.agency, role=who))()
    client.force_login(user)

    assert client.get(page_of(finding)).status_code == status
    refused = decide(client, finding, "bukan-imigrasi").status_code
    assert refused == (302 if status == 200 else status)
    assert Finding.objects.get().waits is (status != 200)


def test_triage_shows_the_deed_first_and_the_persons_after_the_ground(
    client, finding, head
):
    FindingPersonFactory(finding=finding, name="CONTOH KENARI", number="ZZ00A0001")
    Finding.objects.update(persons="KENARI KEDUA")
    finding.files.add(proof())

    before = text_of(client.get(page_of(finding)))
    client.post(
        reverse("foreigners:triage_ground", args=[finding.pk]),
        {"ground": "Bekerja di luar izin."},
    )
    after = text_of(client.get(page_of(finding)))

    hidden = ("CONTOH KENARI", "KENARI KEDUA", "Z••••001", "bukti.pdf")
    assert [word for word in hidden if word in before] == []
    assert finding.activity in before
    assert "Terima dan buka kasus" not in before
    assert [word for word in hidden if word in after] == list(hidden)
    assert "Terima dan buka kasus" in after
    assert (
        AuditEntry.objects.filter(verb="foreigners.open_finding_persons").count() == 1
    )


@pytest.mark.parametrize("ground", ["", "pendek", "         x         "])
def test_ground_that_says_nothing_comes_back(client, finding, head, ground):
    response = client.post(
        reverse("foreigners:triage_ground", args=[finding.pk]), {"ground": ground}
    )

    assert response.status_code == 422
    assert not Finding.objects.get().has_ground


@pytest.mark.parametrize(
    "decision", ["terima", "gabung", "kembalikan", "limpahkan", "bukan-imigrasi"]
)
def test_decision_without_reason_comes_back_open(client, grounded, head, decision):
    response = decide(client, grounded, decision, reason="kurang")

    assert response.status_code == 422
    page = text_of(response)
    opened = re.findall(r"<details class=\"card mb-3\" open>\s*<summary[^>]*>", page)
    assert len(opened) == 1
    assert "kurang" in page
    assert Finding.objects.get().waits


def test_ids_on_the_page_are_there_once(client, grounded, head):
    page = text_of(client.get(page_of(grounded)))

    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_accepting_opens_a_case_and_leads_back_to_the_finding(client, grounded, head):
    violation = ViolationFactory()
    officer = UserFactory(agency=head.agency)

    response = decide(
        client,
        grounded,
        "terima",
        title="Dugaan kegiatan lain",
        main=violation.pk,
        responsible=officer.pk,
    )

    case = Case.objects.get()
    assert response.url == grounded.get_absolute_url()
    assert (case.title, case.responsible) == ("Dugaan kegiatan lain", officer)
    assert case.number in text_of(client.get(response.url))


def test_case_is_given_to_nobody_of_another_office(client, grounded, head):
    response = decide(
        client,
        grounded,
        "terima",
        title="Dugaan",
        main=ViolationFactory().pk,
        responsible=UserFactory().pk,
    )

    assert response.status_code == 422
    assert not Case.objects.exists()


def test_joining_names_the_case_by_its_number(client, grounded, head):
    case, elsewhere = CaseFactory(office=grounded.office), CaseFactory()

    for wrong in (elsewhere.number, "K-9999/2026", ""):
        assert decide(client, grounded, "gabung", case=wrong).status_code == 422
    decide(client, grounded, "gabung", case=case.number.lower())

    assert Finding.objects.get().case == case


def test_case_of_a_double_is_offered_and_not_chosen(client, grounded, head):
    case = CaseFactory(office=grounded.office)
    FindingFactory(
        office=grounded.office, state="accepted", case=case, seen_on=grounded.seen_on
    )

    page = text_of(client.get(page_of(grounded)))

    assert "Tempat sama; Tanggal berdekatan" in page
    assert f'<option value="{case.number}">' in page
    assert Finding.objects.get(pk=grounded.pk).case is None


def test_referral_goes_to_an_agency_outside_immigration(client, finding, head):
    labour = AgencyFactory()

    wrong = decide(client, finding, "limpahkan", to=finding.office.agency.pk)
    right = decide(client, finding, "limpahkan", to=labour.pk)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Finding.objects.get().referred_to == labour


def test_second_decider_reads_who_was_first(client, finding, head):
    stale = Finding.objects.get()
    other = UserFactory(
        agency=head.agency, role="section_head", name="Kasi Contoh Lain"
    )
    set_outside(finding, reason=REASON, revision=1, by=other)

    response = client.post(
        reverse("foreigners:triage_decide", args=[stale.pk, "kembalikan"]),
        {"revision": "1", "reason": REASON},
        follow=True,
    )

    assert "sudah diputus oleh Kasi Contoh Lain" in text_of(response)
    assert f"tidak tersimpan: “{REASON}”" in text_of(response)
    assert Finding.objects.get().state == "outside"


def test_decision_on_a_finding_that_changed_keeps_what_was_typed(client, finding, head):
    write_ground(finding, ground=REASON, by=head)

    refused = decide(
        client, finding, "kembalikan", revision=1, reason="Lengkapi alamat."
    )
    again = decide(client, finding, "kembalikan", revision=2, reason="Lengkapi alamat.")

    assert refused.status_code == 409
    page = text_of(refused)
    assert "berubah sejak Anda membacanya" in page
    assert "Lengkapi alamat." in page
    assert refused.context["forms"]["kembalikan"]["revision"].value() == "2"
    assert again.status_code == 302
    assert Finding.objects.get().state == "returned"


def test_ground_that_somebody_wrote_meanwhile_is_read_beside_ones_own(
    client, grounded, head
):
    response = client.post(
        reverse("foreigners:triage_ground", args=[grounded.pk]),
        {"ground": "Bekerja tanpa izin di gudang."},
        follow=True,
    )

    page = text_of(response)
    assert "sudah ditulis oleh" in page
    assert "tidak tersimpan: “Bekerja tanpa izin di gudang.”" in page


def test_decision_that_does_not_exist_is_not_found(client, finding, head):
    assert decide(client, finding, "emas").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_triage_needs_the_same_queries_for_any_number_of_doubles(
    client, rows, grounded, head, django_assert_max_num_queries
):
    for _number in range(rows):
        FindingFactory(office=grounded.office, seen_on=grounded.seen_on)
    client.get(page_of(grounded))

    with django_assert_max_num_queries(16):
        response = client.get(page_of(grounded))

    assert len(response.context["doubles"]) == rows
