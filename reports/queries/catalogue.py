"""Which tables a recap has: the three of the monthly report first, then the annexes."""

from reports.models import PeriodKind, Recap
from reports.queries.crosstab import Crosstab, Scope
from reports.queries.figures.caseload import R6A, R6B, R7
from reports.queries.figures.cooperation import R3, R9, R10, R11, R14
from reports.queries.figures.due_process import R13
from reports.queries.figures.enforcement import R1, R2, R8
from reports.queries.figures.presence import R4, R5
from reports.queries.figures.targets import R12

CATALOGUE = {
    table.code: table
    for table in (R1, R2, R3, R4, R5, R6A, R6B, R7, R8, R9, R10, R11, R12, R13, R14)
}
MONTHLY = ("R1", "R2", "R3", "R4", "R14")
QUARTERLY = ("R1", "R2", "R3", "R4", "R5", "R6a", "R6b", "R7", "R10", "R12", "R13", "R14")  # fmt: skip
# A longer period has every table of the shorter ones.
TABLES = {
    PeriodKind.MONTH: MONTHLY,
    PeriodKind.QUARTER: QUARTERLY,
    PeriodKind.SEMESTER: tuple(CATALOGUE),
    PeriodKind.YEAR: tuple(CATALOGUE),
    PeriodKind.FREE: tuple(CATALOGUE),
}
# Tables of what a team of one level did; the others know no level.
OF_A_LEVEL = frozenset({"R3", "R9", "R10", "R11", "R14"})
# A target is the whole office's; no kecamatan has a part of it.
OF_THE_OFFICE = frozenset({"R12"})


def tables_of(recap: Recap) -> list[Crosstab]:
    codes = TABLES[PeriodKind(recap.kind)]
    return [CATALOGUE[code] for code in codes if fits(code, recap)]


def fits(code: str, recap: Recap) -> bool:
    """The table can be told of the part of the office that the recap is about."""
    if recap.level and code not in OF_A_LEVEL:
        return False
    return not (recap.district_id and code in OF_THE_OFFICE)


def scope_of(recap: Recap) -> Scope:
    return Scope(
        office=recap.office,
        period=recap.period,
        district=recap.district_id or "",
        level=recap.level,
    )
