from reports.models.period import RECURRING, Period, PeriodKind
from reports.models.recap import Correction, Recap
from reports.models.table import HIDDEN, Cell, Column, Row, Table

__all__ = [
    "HIDDEN",
    "RECURRING",
    "Cell",
    "Column",
    "Correction",
    "Period",
    "PeriodKind",
    "Recap",
    "Row",
    "Table",
]
