"""A table on the screen: laid out as in the paper, and each cell opens its rows."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from reports.models import Recap, Table
from reports.queries.crosstab import ALL
from reports.services.layout import laid_out


def screen_of(recap: Recap, table: Table) -> dict[str, Any]:
    """``laid_out`` with an address beside each count; a dash opens nothing."""
    laid = laid_out(table)
    address = reverse("reports:cell", args=[recap.pk, table.code])
    keys = [column.key for column in table.columns]

    def linked(words: list[str], row: str, columns: list[str]) -> list[dict[str, str]]:
        return [
            {"text": word, "url": link(address, row, column) if opens(word) else ""}
            for word, column in zip(words, columns, strict=True)
        ]

    for section in laid["sections"]:
        for line in section["rows"]:
            line["linked"] = linked(line["cells"], line["key"], keys)
            line["linked_total"] = linked([line["total"]], line["key"], [ALL])
    laid["linked_totals"] = linked(laid["totals"], ALL, keys) if laid["totals"] else []
    laid["linked_total"] = linked([laid["total"]], ALL, [ALL])
    laid["text"] = recap.narrative.get(table.code.lower(), "")
    return laid


def opens(word: str) -> bool:
    return word not in {"", "-"}


def link(address: str, row: str, column: str) -> str:
    return f"{address}?{urlencode({'baris': row, 'kolom': column})}"
