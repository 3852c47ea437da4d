"""What a dashboard shows of one subject: a table of numbers that lead to their rows, and
the picture that the same numbers make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from reports.queries.dashboard_figures import Tally
from reports.queries.dashboard_outlook import Outlook
from reports.services.charts import Picture, Series, bars
from timpora.numbers import decimal

Words = str | Promise
LONG = 8


@dataclass(frozen=True)
class Cell:
    text: Words
    url: str = ""


@dataclass(frozen=True)
class Section:
    """``rows`` begin with what the row is about; without rows ``empty`` says why."""

    name: str
    title: Words
    heads: Sequence[Words]
    rows: Sequence[Sequence[Cell]]
    lead: Words = ""
    empty: Words = ""
    picture: Picture | None = None
    notes: Sequence[Words] = ()
    total: Sequence[Cell] = ()

    @property
    def is_folded(self) -> bool:
        """A long table under a picture that tells the same waits to be opened."""
        return self.picture is not None and len(self.rows) > LONG


def number(outlook: Outlook, figure: str, count: int, *keys: str) -> Cell:
    """A number opens what it counts; nought has nothing to open."""
    return Cell(decimal(count), outlook.rows_url(figure, *keys) if count else "")


def summed(tally: Tally, *keys: str | None) -> int:
    """All groups with these keys; None stands for any."""
    return sum(
        count
        for group, count in tally.items()
        if all(
            key is None or key == part for key, part in zip(keys, group, strict=False)
        )
    )


def drawn(
    title: Words,
    labels: Sequence[Words],
    series: Iterable[tuple[Words, Sequence[float]]],
) -> Picture:
    """The picture of a table, told in a sentence to whoever does not see it."""
    parts = [Series(str(label), values) for label, values in series]
    told = "; ".join(
        f"{label}: "
        + ", ".join(
            f"{one.label} {decimal(one.values[place])}"
            if len(parts) > 1
            else decimal(one.values[place])
            for one in parts
            if one.values[place] or len(parts) == 1
        )
        for place, label in enumerate(labels)
    )
    return bars(str(title), told, [str(label) for label in labels], parts)
