"""What a step relies on, as a receipt lists it: a label, a value, where it stands.

Persons appear under their OA number alone: a receipt outlives a correction of a name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foreigners.models import Order
from foreigners.queries.protection import unasked
from foreigners.services.attempt import Attempt
from foreigners.services.guards import is_approved_exception
from foreigners.services.outcome_guards import OBJECTION_CLOCK
from timpora.dates import local_date, long_date


@dataclass(frozen=True)
class Fact:
    """``view`` and ``pk`` name the page that shows more; empty where there is none."""

    label: str
    value: str
    view: str = ""
    pk: int | None = None


Facts = Callable[[Attempt], Iterator[Fact]]


def orders(attempt: Attempt) -> Iterator[Fact]:
    for order in attempt.orders:
        yield Fact(
            _("Surat perintah"), words_of(order), view="foreigners:order", pk=order.pk
        )
        if order.result_at:
            zone = attempt.case.office.time_zone
            yield Fact(
                _("Hasil pemeriksaan lapangan"),
                _("dicatat %s") % long_date(local_date(order.result_at, zone)),
                view="foreigners:order",
                pk=order.pk,
            )


def words_of(order: Order) -> str:
    check = _("pemeriksaan %s") % long_date(order.check_on)
    if order.issued_on:
        return _("terbit %(day)s, %(check)s") % {
            "day": long_date(order.issued_on),
            "check": check,
        }
    if is_approved_exception(order):
        return _("%(ground)s, disetujui; surat perintah menyusul, %(check)s") % {
            "ground": order.get_exception_display(),
            "check": check,
        }
    return _("belum terbit, %s") % check


def persons(attempt: Attempt) -> Iterator[Fact]:
    for person in attempt.persons:
        yield Fact(
            person.get_role_display(),
            str(person.foreigner),
            view="foreigners:person",
            pk=person.foreigner_id,
        )
    for row in attempt.guarantors:
        yield Fact(_("Penjamin"), row.role)


def violations(attempt: Attempt) -> Iterator[Fact]:
    for row in attempt.violations:
        yield Fact(
            _("Dugaan pelanggaran"), f"{row.violation} ({row.violation.article})"
        )


def warnings(attempt: Attempt) -> Iterator[Fact]:
    for warning in attempt.warnings:
        yield Fact(_("Teguran"), long_date(warning.settled_on))


def referrals(attempt: Attempt) -> Iterator[Fact]:
    for referral in attempt.referrals:
        words = f"{referral.agency}: {referral.get_state_display()}"
        if referral.receipt_number:
            words += _(", tanda terima %s") % referral.receipt_number
        yield Fact(_("Pelimpahan"), words, view="foreigners:referral", pk=referral.pk)


def protections(attempt: Attempt) -> Iterator[Fact]:
    """That the gate was asked; what it answered is for those on duty, not for a paper."""
    for person in attempt.persons:
        owed = len(unasked(person.foreigner))
        yield Fact(
            _("Gerbang pelindungan %s") % person.foreigner,
            _("%d pertanyaan belum dijawab") % owed
            if owed
            else _("semua pertanyaan dijawab"),
            view="foreigners:person",
            pk=person.foreigner_id,
        )


def examinations(attempt: Attempt) -> Iterator[Fact]:
    for examination in attempt.examinations:
        yield Fact(
            _("Pemeriksaan OA-%d") % examination.person.foreigner_id,
            str(examination.get_state_display()),
            view="foreigners:examination",
            pk=examination.pk,
        )


def conference(attempt: Attempt) -> Iterator[Fact]:
    held = attempt.conference
    if held:
        yield Fact(
            _("Gelar kasus"),
            f"{held.get_state_display()}: {held.get_outcome_display()}",
            view="foreigners:conference",
            pk=held.pk,
        )


def measures(attempt: Attempt) -> Iterator[Fact]:
    for measure in attempt.measures:
        words = [f"{measure.person.foreigner}", str(measure.get_state_display())]
        if measure.decided_on:
            words.append(_("diputus %s") % long_date(measure.decided_on))
        if measure.served_on:
            words.append(_("disampaikan %s") % long_date(measure.served_on))
        if measure.execution:
            words.append(str(measure.get_execution_display()))
        yield Fact(
            str(measure.kind),
            ", ".join(words),
            view="foreigners:measure",
            pk=measure.pk,
        )


def detentions(attempt: Attempt) -> Iterator[Fact]:
    """Each with its ground; of a draft also which of its texts was read."""
    for measure in attempt.detentions:
        words = [f"{measure.person.foreigner}", str(measure.get_state_display())]
        if measure.detention_ground:
            words.append(
                _("Pasal 83 ayat (1) huruf %(letter)s: %(ground)s")
                % {
                    "letter": measure.detention_ground,
                    "ground": measure.get_detention_ground_display(),
                }
            )
        if measure.place:
            words.append(measure.place)
        if measure.is_draft:
            words.append(_("konsep ke-%d") % measure.revision)
        if measure.execution:
            words.append(str(measure.get_execution_display()))
        yield Fact(
            str(measure.kind),
            ", ".join(words),
            view="foreigners:measure",
            pk=measure.pk,
        )


def objections(attempt: Attempt) -> Iterator[Fact]:
    for objection in attempt.objections:
        outcome = objection.get_outcome_display()
        yield Fact(
            _("Keberatan atas %s") % objection.measure.kind,
            _("diterima %(day)s: %(outcome)s")
            % {"day": long_date(objection.received_on), "outcome": outcome},
            view="foreigners:measure",
            pk=objection.measure_id,
        )


def objection_clocks(attempt: Attempt) -> Iterator[Fact]:
    for clock in attempt.clocks_called(OBJECTION_CLOCK):
        yield Fact(
            str(clock.rule),
            _("hari terakhir %(day)s: %(state)s")
            % {"day": long_date(clock.due_on), "state": clock.get_state_display()},
            view="foreigners:measure",
            pk=clock.measure_id,
        )


def prosecutions(attempt: Attempt) -> Iterator[Fact]:
    for prosecution in attempt.prosecutions:
        yield Fact(
            _("Perkara"),
            _("surat perintah penyidikan %(number)s, %(day)s: %(stage)s")
            % {
                "number": prosecution.order_number,
                "day": long_date(prosecution.ordered_on),
                "stage": prosecution.get_stage_display(),
            },
        )


def new_findings(attempt: Attempt) -> Iterator[Fact]:
    for finding in attempt.case.findings.all():
        yield Fact(_("Temuan"), str(finding), view="foreigners:finding", pk=finding.pk)
