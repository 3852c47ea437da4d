"""The overstay sheet of a person in a case: computed, kept, and departed from with a
reason alone."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Office, User
from agencies.services.audit import record
from foreigners.models import Case, CasePerson, ClockRule, OverstaySheet, Tariff
from foreigners.models.law import Dated
from foreigners.queries.law import choice_of, in_force
from foreigners.services.casefile import refuse_if_ended, touch
from foreigners.services.clocks import cancel, start_clock
from foreigners.services.overstay import Choices, Sheet, compute, most_charged_days
from timpora.dates import local_date, long_date
from timpora.errors import DomainError
from timpora.numbers import rupiah

LIMIT = "overstay_day_60"
LEAST_REASON = 10


class DepartureUnreasoned(DomainError):
    pass


class SheetRefused(DomainError):
    pass


@dataclass(frozen=True)
class Basis:
    """What the sheet of an office rests on, as it stood on a day."""

    choices: Choices
    limit: ClockRule
    tariffs: list[Tariff]

    def sheet(
        self, permit_ends_on: dt.date, found_on: dt.date, *, exemption: str = ""
    ) -> Sheet:
        return compute(
            permit_ends_on,
            found_on,
            choices=self.choices,
            limit=self.limit,
            tariffs=self.tariffs,
            exemption=exemption,
        )


def basis_of(office: Office, *, on: dt.date) -> Basis:
    return Basis(
        choices=Choices(
            first_day=choice_of(office, "overstay_first_day", on=on),
            last_day=choice_of(office, "overstay_last_day", on=on),
            day_60=choice_of(office, "overstay_day_60", on=on),
        ),
        limit=in_force(ClockRule, LIMIT, on=on),
        tariffs=list(Tariff.objects.all()),
    )


def sheet_of(
    office: Office,
    *,
    permit_ends_on: dt.date,
    found_at: dt.datetime,
    exemption: str = "",
) -> Sheet:
    """The computation for the civil date on which the moment fell at the office."""
    found_on = local_date(found_at, office.time_zone)
    basis = basis_of(office, on=found_on)
    return basis.sheet(permit_ends_on, found_on, exemption=exemption)


@transaction.atomic
def keep_sheet(
    case: Case,
    person: CasePerson,
    *,
    permit_ends_on: dt.date,
    found_at: dt.datetime,
    by: User,
    exemption: str = "",
    days: int | None = None,
    amount: int | None = None,
    departure_reason: str = "",
) -> OverstaySheet:
    """Keep what was computed; other days or another amount need their reason."""
    refuse_if_ended(case)
    if person.case_id != case.pk:
        raise SheetRefused(_("Orang ini tidak tercatat dalam kasus ini."))
    found_on = local_date(found_at, case.office.time_zone)
    basis = basis_of(case.office, on=found_on)
    computed = basis.sheet(permit_ends_on, found_on, exemption=exemption)
    sheet = OverstaySheet(
        case=case,
        person=person,
        permit_ends_on=permit_ends_on,
        counted_until=found_on,
        computed_days=computed.days,
        computed_amount=computed.amount,
        days=computed.days if days is None else days,
        amount=computed.amount if amount is None else amount,
        is_beyond_charge=computed.is_beyond_charge,
        exemption=exemption,
        derivation=derivation_of(computed, basis),
        limit=basis.limit,
        computed_by=by,
    )
    _reason_departure(sheet, departure_reason.strip())
    sheet.save()
    sheet.tariffs.set(computed.tariffs)
    chosen = basis.choices
    sheet.choices.set([chosen.first_day, chosen.last_day, chosen.day_60])
    watch_day_60(sheet, basis)
    touch(case)
    record(
        by,
        "foreigners.compute_overstay",
        case,
        office_id=case.office_id,
        sheet=sheet.pk,
        departs=sheet.departs,
    )
    return sheet


def _reason_departure(sheet: OverstaySheet, reason: str) -> None:
    if not sheet.departs:
        return
    if len(reason) < LEAST_REASON:
        raise DepartureUnreasoned(
            _("Tulis alasan mengapa hari atau jumlahnya berbeda dari hitungan.")
        )
    sheet.departure_reason = reason


def derivation_of(computed: Sheet, basis: Basis) -> dict[str, Any]:
    """The lines, and the rows that they rest on as they stood."""
    choices = basis.choices
    rows: list[tuple[str, Dated]] = [
        (str(row), row) for row in (choices.first_day, choices.last_day, choices.day_60)
    ]
    rows.append((basis.limit.article, basis.limit))
    rows += [(rupiah(tariff.amount), tariff) for tariff in computed.tariffs]
    return {
        "first_day": computed.first_day.isoformat(),
        "lines": [
            {"text": line.text, "amount": line.amount} for line in computed.lines
        ],
        "rests_on": [
            {
                "text": text,
                "source": row.source,
                "certainty": row.certainty,
                "certainty_text": str(row.get_certainty_display()),
            }
            for text, row in rows
        ],
    }


def watch_day_60(sheet: OverstaySheet, basis: Basis) -> None:
    """Watch the last day of the charge while it is still to come; a newer sheet of the
    person replaces the watch of the one before."""
    case = sheet.case
    today = case.office.today
    for clock in case.clocks.filter(
        person=sheet.person, rule__code=LIMIT, ended_on=None
    ):
        cancel(clock, on=today)
    most = most_charged_days(basis.choices, basis.limit)
    first = dt.date.fromisoformat(sheet.derivation["first_day"])
    last = first + dt.timedelta(days=most - 1)
    if sheet.is_beyond_charge or last < today:
        return
    start_clock(
        case,
        LIMIT,
        on=sheet.permit_ends_on,
        until=last,
        person=sheet.person,
        basis=[
            _("Hari pertama yang dihitung: %s.") % long_date(first),
            _("Hari ke-%(number)d, terakhir dengan biaya beban: %(day)s.")
            % {"number": most, "day": long_date(last)},
        ],
    )
