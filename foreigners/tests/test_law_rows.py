import datetime as dt

import pytest
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.services.masters import RowInUse, fingerprint
from agencies.tests.factories import OfficeFactory, UserFactory
from foreigners.forms.law import GroundForm, ViolationForm
from foreigners.models import Clock, Ground, Setting, Violation
from foreigners.services.clocks import start_clock
from foreigners.services.lawkeeping import is_used, keep_law_row
from foreigners.tests.factories import (
    CaseFactory,
    CaseViolationFactory,
    ViolationFactory,
    the_law,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(role=User.Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def violation():
    return ViolationFactory(name="Nama lama", certainty="belum")


def url(name, *args):
    return reverse(f"foreigners:{name}", args=args)


def posted(row, form, **fields):
    values = {
        name: getattr(row, name)
        for name in form.names()
        if getattr(row, name) is not None and name != "refer_to"
    }
    return {**values, "seen": fingerprint(row, form.names()), **fields}


def test_used_row_keeps_its_substance_whatever_is_posted(
    client, administrator, violation
):
    CaseViolationFactory(violation=violation)

    response = client.post(
        url("law_edit", "pelanggaran", violation.pk),
        posted(
            violation,
            ViolationForm,
            name="Nama baru",
            article="Pasal 999",
            certainty="pasti",
            valid_to="2026-12-31",
        ),
    )

    kept = Violation.objects.get(pk=violation.pk)
    assert response.status_code == 302
    assert (kept.name, kept.article) == ("Nama lama", "Pasal 75 ayat (1)")
    assert (kept.certainty, kept.valid_to) == ("pasti", dt.date(2026, 12, 31))


def test_row_that_was_used_while_its_form_was_open_is_refused(administrator, violation):
    seen = fingerprint(violation, ["name"])
    CaseViolationFactory(violation=violation)

    with pytest.raises(RowInUse):
        keep_law_row(
            violation, values={"name": "Nama baru"}, seen=seen, by=administrator
        )

    assert Violation.objects.get(pk=violation.pk).name == "Nama lama"


def test_used_row_says_so_and_offers_a_successor(client, administrator, violation):
    CaseViolationFactory(violation=violation)

    page = client.get(url("law_edit", "pelanggaran", violation.pk)).content.decode()

    assert "sudah dipakai" in page
    assert url("law_new", "pelanggaran") + f"?dari={violation.pk}" in page


def test_successor_starts_from_the_row_before_it_without_its_dates(
    client, administrator, violation
):
    page = client.get(url("law_new", "pelanggaran") + f"?dari={violation.pk}")

    form = page.context["form"]
    assert form.initial["name"] == "Nama lama"
    assert form.initial["valid_from"] is None

    client.post(
        url("law_new", "pelanggaran") + f"?dari={violation.pk}",
        posted(violation, ViolationForm, name="Nama baru", valid_from="2027-01-01"),
    )

    assert list(Violation.objects.order_by("pk").values_list("name", "valid_from")) == [
        ("Nama lama", None),
        ("Nama baru", dt.date(2027, 1, 1)),
    ]


def test_unused_row_may_be_edited_and_leaves_a_trace(client, administrator, violation):
    client.post(
        url("law_edit", "pelanggaran", violation.pk),
        posted(violation, ViolationForm, name="Nama baru"),
    )

    entry = AuditEntry.objects.get(verb="law.keep")
    assert Violation.objects.get().name == "Nama baru"
    assert entry.data["after"] == {"name": "Nama baru"}


def test_second_row_without_a_first_day_is_refused(client, administrator):
    the_law()
    ground = Ground.objects.get(code="tak")

    response = client.post(
        url("law_new", "dasar-hukum"), posted(ground, GroundForm, article="Pasal 1")
    )

    assert response.status_code == 422
    assert "sudah mempunyai baris tanpa tanggal mulai" in response.content.decode()
    assert Ground.objects.filter(code="tak").count() == 1


def test_row_that_ends_before_it_starts_is_refused_with_what_was_typed(
    client, administrator, violation
):
    response = client.post(
        url("law_edit", "pelanggaran", violation.pk),
        posted(
            violation,
            ViolationForm,
            name="Yang diketik",
            valid_from="2026-02-01",
            valid_to="2026-01-01",
        ),
    )

    assert response.status_code == 422
    assert "Yang diketik" in response.content.decode()
    assert Violation.objects.get().name == "Nama lama"


@pytest.mark.parametrize(
    ("code", "value", "status"),
    [
        ("overstay_day_60", "deportasi", 302),
        ("overstay_day_60", "sesukanya", 422),
        ("clock_escalation_days", "3", 302),
        ("clock_escalation_days", "segera", 422),
    ],
)
def test_choice_takes_only_values_that_somebody_reads(
    client, administrator, code, value, status
):
    the_law()

    response = client.post(
        url("law_new", "pilihan"),
        {
            "office": administrator.office_id,
            "code": code,
            "value": value,
            "source": "Keputusan kantor",
            "certainty": "pasti",
        },
    )

    made = Setting.objects.filter(office=administrator.office_id)
    assert response.status_code == status
    assert [row.value for row in made] == [value] * (status == 302)


def test_choice_of_another_office_is_not_there(client, administrator):
    foreign = Setting.objects.create(
        office=OfficeFactory(), code="overstay_day_60", value="beban", source="uji"
    )

    response = client.get(url("law_edit", "pilihan", foreign.pk))

    assert response.status_code == 404


def test_certainty_stands_beside_every_row(client, administrator):
    the_law()

    page = client.get(url("law_list", "dasar-hukum")).content.decode()

    assert "Belum diverifikasi, tanyakan" in page
    assert "Terkonfirmasi dari sumber" in page


def test_rule_of_a_running_clock_is_used_and_another_is_not():
    the_law()
    start_clock(CaseFactory(), "objection", on=dt.date(2026, 3, 2))
    rule = Clock.objects.get().rule

    assert is_used(rule)
    assert not is_used(type(rule).objects.get(code="forward"))
