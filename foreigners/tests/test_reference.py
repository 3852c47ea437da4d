import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from agencies.services.reference import load_masters
from agencies.tests.factories import OfficeFactory
from foreigners.models import (
    ClockRule,
    Ground,
    MeasureKind,
    Setting,
    Tariff,
    Violation,
)
from foreigners.queries.law import RuleMissing, choice_of, in_force
from foreigners.services.reference import FILES, load_law

pytestmark = pytest.mark.django_db

GROUNDS = {
    "order", "exception", "examination", "conference", "tak", "detention", "objection",
    "early_execution", "prosecution", "protection", "referral", "warning",
    "not_proven", "closing", "reopening",
}  # fmt: skip
CLOCKS = {
    "order_after_exception", "objection", "forward", "minister", "spdp",
    "overstay_day_60", "prevention", "ban", "detention_review", "detention_limit",
    "triage", "verification",
}  # fmt: skip


@pytest.fixture
def law():
    """As an installation starts: the agency types first."""
    load_masters()
    return load_law()


def test_second_load_adds_nothing_and_keeps_what_somebody_edited(law):
    Ground.objects.filter(code="closing").update(article="Pasal yang ditemukan")

    again = load_law()

    assert sum(law.values()) > 100
    assert set(again.values()) == {0}
    assert Ground.objects.get(code="closing").article == "Pasal yang ditemukan"


def test_every_code_that_the_steps_and_clocks_name_has_a_row(law):
    assert set(Ground.objects.values_list("code", flat=True)) == GROUNDS
    assert set(ClockRule.objects.values_list("code", flat=True)) == CLOCKS


def test_every_row_names_its_source(law):
    for model in FILES.values():
        assert not model.objects.filter(source="").exists()


def test_catalogue_has_the_conduct_of_the_dossier_and_sends_what_is_not_ours_away(law):
    referred = dict(
        Violation.objects.filter(path="limpah").values_list("code", "refer_to")
    )

    assert Violation.objects.count() == 24
    assert referred == {
        "TKA-RPT": "DISNAKER",
        "ADM-SKT": "DISDUKCAPIL",
        "NAR": "BNNK",
        "KRM": "POLRES",
    }
    assert set(
        Violation.objects.filter(allows_warning=True).values_list("code", flat=True)
    ) == {"ALM-TDL", "PGN-APO", "PEN-LAP"}


def test_report_columns_are_those_of_the_office_s_monthly_report(law):
    assert dict(MeasureKind.objects.values_list("code", "report_column")) == {
        "a": "Daftar cekal",
        "a-cegah": "Daftar cekal",
        "b": "Pembatalan izin tinggal/dokim",
        "c": "Larangan berada di wilayah Indonesia",
        "d": "",
        "e": "Biaya beban",
        "f": "Deportasi/pemindahan",
        "83": "Ruang detensi",
    }


def test_period_of_a_measure_follows_a_rule_that_ends_it_by_law(law):
    rules = set(
        MeasureKind.objects.exclude(period_rule="").values_list(
            "period_rule", flat=True
        )
    )

    assert rules == {"ban", "prevention", "detention_limit"}
    assert not ClockRule.objects.filter(code__in=rules).exclude(end="gugur").exists()


@pytest.mark.parametrize(
    ("day", "months"),
    [(dt.date(2024, 10, 16), 6), (dt.date(2024, 10, 17), 120)],
)
def test_ban_is_as_long_as_the_law_of_the_day_allows(law, day, months):
    assert in_force(ClockRule, "ban", on=day).length == months


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (dt.date(2019, 5, 2), 300_000),
        (dt.date(2019, 5, 3), 1_000_000),
        (dt.date(2026, 1, 1), 1_000_000),
    ],
)
def test_tariff_is_that_of_the_day(law, day, amount):
    assert Tariff.objects.on(day).newest_first()[0].amount == amount


def test_newer_row_wins_over_one_without_a_first_day(law):
    Ground.objects.create(
        code="order",
        article="Pasal 31",
        instrument="Aturan baru",
        valid_from=dt.date(2026, 1, 1),
        source="uji",
    )

    assert in_force(Ground, "order", on=dt.date(2026, 1, 2)).article == "Pasal 31"
    assert in_force(Ground, "order", on=dt.date(2025, 1, 2)).article.endswith("(1)")


def test_own_choice_of_an_office_stands_before_the_common_one(law):
    chosen, other = OfficeFactory(), OfficeFactory()
    Setting.objects.create(
        office=chosen, code="overstay_day_60", value="deportasi", source="uji"
    )

    load_law()

    day = dt.date(2026, 3, 2)
    assert choice_of(chosen, "overstay_day_60", on=day).value == "deportasi"
    assert choice_of(other, "overstay_day_60", on=day).value == "beban"


def test_missing_rule_says_who_can_add_it(law):
    with pytest.raises(RuleMissing, match="Administrator"):
        in_force(Ground, "tidak-ada", on=dt.date(2026, 3, 2))


@pytest.mark.parametrize("office", [None, "own"])
def test_database_knows_each_choice_once(law, office):
    chosen = OfficeFactory() if office else None
    Setting.objects.filter(code="overstay_day_60").delete()
    Setting.objects.create(
        office=chosen, code="overstay_day_60", value="beban", source="uji"
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        Setting.objects.create(
            office=chosen, code="overstay_day_60", value="deportasi", source="uji"
        )


def test_database_knows_each_code_once_without_a_first_day(law):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ground.objects.create(
            code="order", article="Pasal 1", instrument="UU", source="uji"
        )
