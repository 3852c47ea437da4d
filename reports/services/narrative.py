"""The report's sentences in a first draft: figures put into words, nothing added."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from reports.models import Recap, Table
from reports.queries.figures.cooperation import MEETING, OPERATION
from timpora.numbers import grouped, in_words


def draft_of(recap: Recap, tables: list[Table]) -> dict[str, str]:
    """A paragraph for each table that has one, under the table's code in lower case."""
    label = recap.period.label
    return {
        table.code.lower(): SENTENCES[table.code](table, label)
        for table in tables
        if table.code in SENTENCES
    }


def counted(number: int, unit: str) -> str:
    """13 (tiga belas) tindakan"""
    return f"{grouped(number)} ({in_words(number)}) {unit}"


def parts_of(table: Table, numbers: list[tuple[str, int]]) -> str:
    """Biaya beban 5, deportasi 3 dan cekal 2: the largest first, nothing of zero."""
    told = [
        f"{label} {grouped(number)}"
        for label, number in sorted(numbers, key=lambda one: -one[1])
        if number
    ]
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} dan {told[-1]}"


def by_group(table: Table) -> list[tuple[str, int]]:
    """Column totals added up under the heading above them."""
    sums: dict[str, int] = {}
    for column, total in zip(table.columns, table.column_totals, strict=True):
        heading = column.group or column.label
        sums[heading] = sums.get(heading, 0) + int(total)
    return list(sums.items())


def by_rows(table: Table, most: int = 3) -> list[tuple[str, int]]:
    rows = [
        (row.label, int(total))
        for row, total in zip(table.rows, table.row_totals, strict=True)
    ]
    return sorted(rows, key=lambda row: -row[1])[:most]


def prosecutions(table: Table, label: str) -> str:
    if table.is_nil:
        return _("Pada periode %s tidak ada penanganan projustisia (NIHIL).") % label
    return _(
        "Pada periode %(label)s penanganan projustisia mencatat %(count)s menurut tahap: "
        "%(parts)s."
    ) % {
        "label": label,
        "count": counted(int(table.total), table.unit),
        "parts": parts_of(table, by_group(table)),
    }


def measures(table: Table, label: str) -> str:
    if table.is_nil:
        return (
            _("Pada periode %s tidak ada tindakan administratif keimigrasian (NIHIL).")
            % label
        )
    return _(
        "Pada periode %(label)s dijatuhkan %(count)s administratif keimigrasian: %(parts)s."
    ) % {
        "label": label,
        "count": counted(int(table.total), table.unit),
        "parts": parts_of(table, by_group(table)),
    }


def activities(table: Table, label: str) -> str:
    """A meeting about several areas stands in several rows, and counts once."""
    held: dict[str, set[str]] = {MEETING: set(), OPERATION: set()}
    for row in table.rows:
        days: dict[str, list[str]] = {}
        for column, cell in zip(table.columns, row.cells, strict=True):
            kind = column.key.partition("/")[0]
            days.setdefault(kind, []).append(str(cell))
        for kind, (when, what) in days.items():
            lines = zip(when.splitlines(), what.splitlines(), strict=True)
            held[kind] |= {f"{day} {text}" for day, text in lines}
    if not any(held.values()):
        return (
            _("Pada periode %s tidak ada kegiatan Tim Pora yang berlangsung (NIHIL).")
            % label
        )
    return _(
        "Pada periode %(label)s Tim Pora melaksanakan %(meetings)s dan %(operations)s."
    ) % {
        "label": label,
        "meetings": counted(len(held[MEETING]), _("rapat koordinasi")),
        "operations": counted(len(held[OPERATION]), _("operasi gabungan")),
    }


def caseload(table: Table, label: str) -> str:
    if table.is_nil:
        return _("Tidak ada kasus yang terdaftar pada periode %s.") % label
    return _("Terdaftar %(count)s pada periode %(label)s, terbanyak: %(parts)s.") % {
        "count": counted(int(table.total), table.unit),
        "label": label,
        "parts": parts_of(table, by_rows(table)),
    }


def visits(table: Table, label: str) -> str:
    if table.is_nil:
        return _("Tidak ada kunjungan operasi pada periode %s.") % label
    return _("Operasi pada periode %(label)s mencatat %(count)s: %(parts)s.") % {
        "label": label,
        "count": counted(int(table.total), table.unit),
        "parts": parts_of(table, by_group(table)),
    }


SENTENCES: dict[str, Callable[[Table, str], str]] = {
    "R1": prosecutions,
    "R2": measures,
    "R3": activities,
    "R6a": caseload,
    "R14": visits,
}
