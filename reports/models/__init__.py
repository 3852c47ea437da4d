from reports.models.export import Export
from reports.models.period import RECURRING, Period, PeriodKind
from reports.models.recap import ADVICE, PROBLEMS, Correction, Recap
from reports.models.table import HIDDEN, Cell, Column, Row, Table
from reports.models.target import Target

__all__ = [
    "ADVICE",
    "HIDDEN",
    "RECURRING",
    "Cell",
    "Column",
    "Correction",
    "Export",
    "PROBLEMS",
    "Period",
    "PeriodKind",
    "Recap",
    "Row",
    "Table",
    "Target",
]
