"""What a long recap costs the worker: memory, and whether time grows with the pages.

    python benchmarks/recap_paper.py [--pages 30 75 150 300] [--only sqlite]

Each recap is issued through the real snapshot and drawn by ``render_version`` in a fresh
process, as the worker does it. Peak memory is ``ru_maxrss`` of that process once the paper
stands in its file, its snapshot included; what the process needs before it takes the job,
with everything imported, is told beside it. At most 300 MB in all. Time per page is
processor time, which a busy machine changes little; at 300 pages it may be 1.2 times that
at 75.
"""

import argparse
import datetime as dt
import json
import sys
import time
from typing import Any

from fresh.installation import (
    Installation,
    offer_databases,
    on_each_database,
    peak_megabytes,
    start_django,
)

MOST_MEGABYTES = 300
MOST_GROWTH = 1.2
TABLES = 6
COLUMNS = 12
# Of such a table on a page in landscape.
ROWS_PER_PAGE = 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[30, 75, 150, 300])
    offer_databases(parser)
    arguments = parser.parse_args()
    return on_each_database(
        lambda installation: run(installation, arguments.pages), only=arguments.only
    )


def run(installation: Installation, lengths: list[int]) -> bool:
    """One round on one database; True if anything cost more than it may."""
    costs = {}
    for length in lengths:
        pk = installation.python(__file__, "--issue", str(length)).strip()
        cost = json.loads(installation.python(__file__, "--draw", pk))
        costs[length] = cost["processor"] / cost["pages"]
        print(
            f"{installation.name}: {cost['pages']} pages, {cost['bytes'] / 1e6:.1f} MB, "
            f"{cost['parts']} parts: {cost['clock']:.1f} s ({cost['processor']:.1f} s of "
            f"processor, {costs[length] * 1000:.0f} ms a page); peak "
            f"{cost['peak']:.0f} MB, {cost['peak'] - cost['idle']:.0f} MB beyond the "
            f"idle worker's {cost['idle']:.0f} MB (at most {MOST_MEGABYTES} in all)",
            flush=True,
        )
        if cost["peak"] > MOST_MEGABYTES:
            return True
    if not {75, 300} <= set(costs):
        return False
    growth = costs[300] / costs[75]
    print(
        f"{installation.name}: a page of 300 costs {growth:.2f} times a page of 75 "
        f"(at most {MOST_GROWTH})"
    )
    return growth > MOST_GROWTH


def issue(pages: int) -> None:
    """Freeze nothing, but number and queue the paper of a recap of that many pages."""
    from agencies.models import User  # noqa: PLC0415 -- needs the settings
    from agencies.tests.factories import UserFactory  # noqa: PLC0415
    from documents.models import Document, NumberPattern  # noqa: PLC0415
    from documents.tests.factories import NumberPatternFactory  # noqa: PLC0415
    from reports.models import Recap  # noqa: PLC0415
    from reports.services.recap_papers import issue_recap  # noqa: PLC0415

    if not NumberPattern.objects.exists():
        NumberPatternFactory(kind=Document.Kind.RECAP)
        pattern = NumberPattern.objects.get()
        UserFactory(agency=pattern.office.agency, role=User.Role.CHIEF)
    chief = User.objects.get(role=User.Role.CHIEF)
    rows = pages * ROWS_PER_PAGE // TABLES
    recap = Recap.objects.create(
        office=chief.agency.office,
        kind="bebas",
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 1, 1) + dt.timedelta(days=pages),
        figures={f"R{one}": table(f"R{one}", rows) for one in range(1, TABLES + 1)},
    )
    print(issue_recap(recap, by=chief).pk)


def table(code: str, rows: int) -> dict[str, Any]:
    """As many rows as a table by nationality, agency or village may have."""
    from reports.models import Column, Row, Table  # noqa: PLC0415 -- needs the settings

    found = [
        Row(
            key=str(number),
            label=f"Kelurahan Contoh {number}",
            cells=[number * column % 97 for column in range(COLUMNS)],
        )
        for number in range(rows)
    ]
    columns = [
        Column(key=str(column), label="L" if column % 2 == 0 else "P", group="Bulan")
        for column in range(COLUMNS)
    ]
    made = Table(
        code=code,
        title="Orang asing menurut wilayah dan bulan",
        unit="orang",
        head="Kelurahan",
        columns=columns,
        rows=found,
        notes=["Catatan di bawah tabel."],
        rules=["Dasar hukum di bawah tabel."],
    )
    return made.to_json()


def draw(pk: int) -> None:
    """Draw one paper; prints what it cost this process."""
    from documents.models import DocumentVersion  # noqa: PLC0415 -- needs the settings
    from documents.services.rendering import render_version  # noqa: PLC0415
    from timpora.pdf import stylesheet  # noqa: PLC0415

    stylesheet("css/paper.css")
    idle, clock, processor = peak_megabytes(), time.perf_counter(), time.process_time()
    render_version(pk)
    cost = {
        "clock": time.perf_counter() - clock,
        "processor": time.process_time() - processor,
        "idle": idle,
        "peak": peak_megabytes(),
    }
    version = DocumentVersion.objects.get(pk=pk)
    print(
        json.dumps(
            cost
            | {"pages": version.pages, "bytes": version.size, "parts": version.parts}
        )
    )


if __name__ == "__main__":
    if "--draw" in sys.argv or "--issue" in sys.argv:
        start_django()
        {"--draw": draw, "--issue": issue}[sys.argv[1]](int(sys.argv[2]))
    else:
        sys.exit(main())
