"""A recap's life: opened for a period, computed, read, frozen; corrected, never edited."""

import datetime as dt
import hashlib
import json
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Office, Region, User
from agencies.services.audit import record
from documents.models import DocumentVersion
from documents.services.issuing import correct
from documents.services.snapshots import signer_for
from foreigners.models import Case
from meetings.models import Meeting
from reports.models import (
    ADVICE,
    PROBLEMS,
    Correction,
    Period,
    PeriodKind,
    Recap,
    Table,
)
from reports.queries.catalogue import scope_of, tables_of
from reports.services.comparing import differences
from reports.services.narrative import draft_of
from reports.services.recap_papers import TEMPLATE, issue_recap, snapshot_of
from reports.services.spreadsheet import keep_spreadsheet
from reports.tasks import compute_recap
from timpora.dates import long_date
from timpora.errors import DomainError
from timpora.outbox import back_off, claim, owed, send

SHORTEST_REASON = 10
MOST_ATTEMPTS = 5


class PeriodRefused(DomainError):
    pass


class RecapExists(DomainError):
    pass


class NothingRecorded(DomainError):
    pass


class RecapNotReady(DomainError):
    pass


class RecapFaulty(DomainError):
    pass


class RecapChanged(DomainError):
    pass


class RecapFrozen(DomainError):
    pass


class RecapOutdated(DomainError):
    """The view queues the draft anew: the transaction that found out is rolled back."""


class ReasonTooShort(DomainError):
    pass


class NothingToCorrect(DomainError):
    pass


@transaction.atomic
def open_recap(
    office: Office,
    period: Period,
    *,
    by: User | None,
    district: Region | None = None,
    level: str = "",
) -> Recap:
    """A draft for a period, which the worker computes. Without ``by`` the calendar asks."""
    check_period(office, period)
    part = {"office": office, "district": district, "level": level}
    if period.kind == PeriodKind.FREE:
        check_overlap(period, part)
    if not has_records(office):
        raise NothingRecorded(
            _("Kantor ini belum mencatat rapat atau kasus; belum ada yang direkap.")
        )
    days = {"starts_on": period.starts_on, "ends_on": period.ends_on}
    try:
        with transaction.atomic():
            recap = Recap.objects.create(
                **part, **days, kind=period.kind, created_by=by
            )
    except IntegrityError:
        raise RecapExists(
            _("Rekap %s untuk bagian ini sudah ada. Buka dari daftar.") % period.label
        ) from None
    record(by, "reports.open_recap", recap, office_id=office.pk, period=period.label)
    queue(recap)
    return recap


def check_period(office: Office, period: Period) -> None:
    """Raise ``PeriodRefused`` for days in the wrong order or that have not come."""
    if period.ends_on < period.starts_on:
        raise PeriodRefused(
            _("Tanggal akhir mendahului tanggal awal. Tukar keduanya atau perbaiki.")
        )
    if period.starts_on > office.today:
        raise PeriodRefused(
            _("Periode ini belum dimulai (%s). Pilih periode yang sudah berjalan.")
            % long_date(period.starts_on)
        )


def check_overlap(period: Period, part: dict[str, Any]) -> None:
    """Two free spans that share days would count the same things twice."""
    other = Recap.objects.filter(
        **part,
        kind=PeriodKind.FREE,
        starts_on__lte=period.ends_on,
        ends_on__gte=period.starts_on,
    ).first()
    if other:
        raise PeriodRefused(
            _("Rentang ini bertumpang dengan %s, yang sudah ada. Ubah tanggalnya.")
            % other
        )


def has_records(office: Office) -> bool:
    return (
        Meeting.objects.filter(office=office).exists()
        or Case.objects.filter(office=office).exists()
    )


def queue(recap: Recap) -> None:
    """Owe the draft one more computation; the row says so, the task only rings."""
    Recap.objects.filter(pk=recap.pk, state=Recap.State.DRAFT).update(
        queued_at=timezone.now(), leased_until=None, attempts=0, tables_done=0, error=""
    )
    transaction.on_commit(partial(send, compute_recap, recap.pk))


def recompute(recap: Recap, *, by: User) -> None:
    """Compute a draft once more, for somebody who knows that something changed."""
    if recap.is_frozen:
        raise RecapFrozen(
            _("Rekap sudah dibekukan; perubahan dicatat sebagai koreksi.")
        )
    queue(recap)


def stop_computing(recap: Recap) -> None:
    """The worker notices at its next table; the figures of before stay."""
    Recap.objects.filter(pk=recap.pk).update(queued_at=None, leased_until=None)


def waiting() -> QuerySet[Recap]:
    return Recap.objects.filter(queued_at__isnull=False, state=Recap.State.DRAFT)


def compute(pk: int) -> None:
    """Compute a queued draft; a second delivery of the task finds nothing to do."""
    if not claim(waiting(), pk):
        return
    recap = Recap.objects.select_related("office__agency").get(pk=pk)
    try:
        tables = tabulate(recap, told=True)
    except Exception as error:
        note_failure(recap, error)
        raise
    if tables is not None:
        keep(recap, tables)


def tabulate(recap: Recap, *, told: bool = False) -> list[Table] | None:
    """All tables from live data; None if somebody stopped it. ``told`` shows progress."""
    scope = scope_of(recap)
    tables: list[Table] = []
    for crosstab in tables_of(recap):
        tables.append(crosstab.tabulate(scope))
        if told and not waiting().filter(pk=recap.pk).update(tables_done=len(tables)):
            return None
    return tables


def keep(recap: Recap, tables: list[Table]) -> None:
    """Put computed tables into the draft; sentences that a person edited stay theirs."""
    drafted = draft_of(recap, tables)
    before = draft_of(recap, recap.tables)
    narrative = {
        name: recap.narrative[name]
        if recap.narrative.get(name, before.get(name)) != before.get(name)
        else text
        for name, text in drafted.items()
    }
    narrative |= {name: recap.narrative.get(name, "") for name in (PROBLEMS, ADVICE)}
    Recap.objects.filter(pk=recap.pk, state=Recap.State.DRAFT).update(
        figures=as_json(tables),
        faults=[fault for table in tables for fault in table.faults()],
        narrative=narrative,
        computed_at=timezone.now(),
        queued_at=None,
        leased_until=None,
        error="",
        revision=F("revision") + 1,
    )


def as_json(tables: list[Table]) -> dict[str, Any]:
    return {table.code: table.to_json() for table in tables}


def digest_of(figures: dict[str, Any]) -> str:
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def note_failure(recap: Recap, error: Exception) -> None:
    """Leave it to the sweep, each time twice as late; after the last attempt say why."""
    reason = f"{type(error).__name__}: {error}"[:200]
    row = waiting().filter(pk=recap.pk)
    if recap.attempts >= MOST_ATTEMPTS:
        row.update(queued_at=None, error=reason)
        return
    row.update(error=reason)
    back_off(recap, at=timezone.now() + dt.timedelta(minutes=2**recap.attempts))


def send_owed() -> None:
    """The sweep: ring again for drafts that nobody has been computing for a minute."""
    now = timezone.now()
    late = owed(waiting(), at=now).filter(queued_at__lt=now - dt.timedelta(minutes=1))
    for pk in late.order_by("pk").values_list("pk", flat=True)[:50]:
        send(compute_recap, pk)


@transaction.atomic
def write_narrative(
    recap: Recap, *, texts: dict[str, str], revision: int, by: User
) -> None:
    """Replace the sentences of a draft, unless somebody else changed it in the meantime."""
    written = Recap.objects.filter(
        pk=recap.pk, state=Recap.State.DRAFT, revision=revision
    ).update(narrative=recap.narrative | texts, revision=F("revision") + 1)
    if not written:
        recap.refresh_from_db()
        if recap.is_frozen:
            raise RecapFrozen(_("Rekap sudah dibekukan oleh %s.") % recap.frozen_by)
        raise RecapChanged(
            _("Rekap berubah sejak dibuka. Bandingkan tulisan Anda, lalu simpan lagi.")
        )
    record(by, "reports.write_narrative", recap, office_id=recap.office_id)


@transaction.atomic
def freeze(recap: Recap, *, revision: int, by: User) -> DocumentVersion:
    """Freeze exactly the figures that were read: numbered, signed, a file for each form.

    The tables are computed once more; if they differ from those that ``by`` read, the
    draft takes the new ones and nothing is frozen.
    """
    if not recap.period.has_ended(recap.office.today):
        raise RecapNotReady(
            _("Periode belum berakhir; rekap dapat dibekukan setelah %s.")
            % long_date(recap.ends_on)
        )
    if recap.computed_at is None or recap.is_computing:
        raise RecapNotReady(_("Rekap masih dihitung. Tunggu sampai tabelnya tampil."))
    # The conditional UPDATE settles a race between two who freeze on any database.
    won = Recap.objects.filter(
        pk=recap.pk, state=Recap.State.DRAFT, revision=revision, queued_at=None
    ).update(revision=F("revision") + 1)
    if not won:
        recap.refresh_from_db()
        if recap.is_frozen:
            raise RecapFrozen(_("Rekap sudah dibekukan oleh %s.") % recap.frozen_by)
        raise RecapChanged(_("Rekap berubah sejak dibuka. Baca lagi, lalu bekukan."))
    tables = tabulate(recap) or []
    if as_json(tables) != recap.figures:
        raise RecapOutdated(
            _("Data berubah sejak rekap dihitung. Rekap dihitung ulang; baca lagi.")
        )
    faults = [fault for table in tables for fault in table.faults()]
    if faults:
        raise RecapFaulty(
            _("Angka kendali tidak cocok, rekap tidak dibekukan: %s") % " ".join(faults)
        )
    version = issue_recap(recap, by=by)
    Recap.objects.filter(pk=recap.pk).update(
        state=Recap.State.FROZEN,
        frozen_at=timezone.now(),
        frozen_by=by,
        document=version.document,
        sha256=digest_of(recap.figures),
        spreadsheet=keep_spreadsheet(recap, version),
    )
    recap.refresh_from_db()
    record(
        by,
        "reports.freeze_recap",
        recap,
        office_id=recap.office_id,
        number=version.document.number,
        sha256=recap.sha256,
    )
    return version


def changes_since(recap: Recap) -> list[dict[str, Any]]:
    """What the frozen recap would say otherwise if it were computed now."""
    return differences(recap.tables, tabulate(recap) or [])


@transaction.atomic
def correct_recap(recap: Recap, *, reason: str, by: User) -> Correction:
    """The frozen figures as they are now, in a new version that lists what changed."""
    if not recap.is_frozen or recap.document is None:
        raise RecapNotReady(_("Rekap belum dibekukan; hitung ulang konsepnya."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(
            _("Tulis alasan koreksi, paling sedikit %d huruf.") % SHORTEST_REASON
        )
    # The no-op UPDATE takes the row lock: of two corrections the second sees the first.
    Recap.objects.filter(pk=recap.pk).update(revision=F("revision"))
    recap.refresh_from_db()
    tables = tabulate(recap) or []
    changes = differences(recap.tables, tables)
    faults = [fault for table in tables for fault in table.faults()]
    if not changes:
        raise NothingToCorrect(_("Tidak ada angka yang berubah sejak dibekukan."))
    if faults:
        raise RecapFaulty(_("Angka kendali tidak cocok: %s") % " ".join(faults))
    recap.figures = as_json(tables)
    corrections = [
        *(
            {"reason": one.reason, "changes": one.changes}
            for one in recap.corrections.all()
        ),
        {"reason": reason.strip(), "changes": changes},
    ]
    version = correct(
        recap.document,
        snapshot=snapshot_of(recap, by=by, corrections=corrections),
        reason=reason.strip(),
        by=by,
        template=TEMPLATE,
        signers={"signer": signer_for(recap.office, by)},
    )
    Recap.objects.filter(pk=recap.pk).update(
        figures=recap.figures,
        sha256=digest_of(recap.figures),
        spreadsheet=keep_spreadsheet(recap, version),
        revision=F("revision") + 1,
    )
    made = Correction.objects.create(
        recap=recap, reason=reason.strip(), changes=changes, version=version, by=by
    )
    record(
        by,
        "reports.correct_recap",
        recap,
        office_id=recap.office_id,
        reason=reason.strip(),
        cells=len(changes),
    )
    return made
