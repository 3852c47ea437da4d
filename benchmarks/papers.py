"""What an approved paper costs: to draw, to download, and in bytes.

    python benchmarks/papers.py [--renderings 9] [--downloads 200] [--only sqlite]

The paper is the minutes of a meeting of 50 agencies with 60 entries and 10 photos. Drawing
it as the worker does is timed against WeasyPrint alone on the same page (at most 1.3
times), downloading it by the real view against a static file of the same size from the
same server (at most 3 times). Without photos it may have 1 MB; there the ratio only shows
what session, rights and audit row cost, for the file itself is sent in no time. PostgreSQL
is the server of TEST_DATABASE_URL; the database made there is dropped again.
"""

import argparse
import http.client
import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from fresh.installation import (
    Installation,
    offer_databases,
    on_each_database,
    start_django,
)

Time = TypeVar("Time")
PHOTOS = 10
MOST_TO_DRAW = 1.3
MOST_TO_DOWNLOAD = 3.0
MOST_BYTES = 1_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--renderings", type=int, default=9)
    parser.add_argument("--downloads", type=int, default=200)
    offer_databases(parser)
    arguments = parser.parse_args()
    return on_each_database(
        lambda installation: run(
            installation, arguments.renderings, arguments.downloads
        ),
        only=arguments.only,
    )


def run(installation: Installation, renderings: int, downloads: int) -> bool:
    """One round on one database; True if anything cost more than it may."""
    name = installation.name
    made = json.loads(installation.python(__file__, "--draw", str(renderings)))
    failed = False
    for clock, what in enumerate(("drawing", "drawing, processor time")):
        worker, bare = (
            [pair[clock] for pair in made[who]] for who in ("worker", "bare")
        )
        failed |= tell(f"{name}: {what}", worker, bare, MOST_TO_DRAW)

    for paper in made["papers"]:
        # WhiteNoise knows the files that lie there when the server starts.
        shutil.copy(paper["file"], f"{installation.var}/static/{paper['pk']}.pdf")
    with installation.serving():
        for paper in made["papers"]:
            own, static = download(installation.port, paper, downloads)
            what = f"{name}: download, {paper['size'] / 1e6:.2f} MB"
            most = MOST_TO_DOWNLOAD if paper["size"] > MOST_BYTES else None
            failed |= tell(what, own, static, most)

    light, heavy = sorted(paper["size"] for paper in made["papers"])
    print(f"{name}: {heavy} bytes with {PHOTOS} photos, {light} bytes without")
    return failed or light > MOST_BYTES


def tell(what: str, ours: list[float], bare: list[float], most: float | None) -> bool:
    """Print both medians and their ratio; True if it is more than ``most``."""
    ratio = statistics.median(ours) / statistics.median(bare)
    limit = f"at most {most}" if most else "no limit"
    print(
        f"{what}: {statistics.median(ours) * 1000:.1f} ms against "
        f"{statistics.median(bare) * 1000:.1f} ms, {ratio:.2f} times "
        f"({limit}; medians of {len(ours)})"
    )
    return bool(most and ratio > most)


def download(
    port: int, paper: dict[str, Any], times: int
) -> tuple[list[float], list[float]]:
    """The view and the static file in turn, on one connection, asked as browsers ask."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Accept-Encoding": "gzip, deflate, br",
        "Cookie": f"sessionid={paper['session']}",
    }

    def fetch(path: str) -> float:
        begin = time.perf_counter()
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        content = response.read()
        taken = time.perf_counter() - begin
        if (response.status, len(content)) != (200, paper["size"]):
            raise ValueError(f"{path}: {response.status}, {len(content)} bytes")
        return taken

    addresses = [paper["url"], f"/static/{paper['pk']}.pdf"]
    return in_turn(*[lambda path=path: fetch(path) for path in addresses], times=times)


def in_turn(
    first: Callable[[], Time], second: Callable[[], Time], *, times: int
) -> tuple[list[Time], list[Time]]:
    """Both once to warm up, then alternately, so that a busy machine is fair to both."""
    first(), second()
    pairs = [(first(), second()) for _time in range(times)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def draw(times: int) -> None:
    """Approve and draw the minutes; prints the times and where the papers lie."""
    from documents.models import DocumentVersion  # noqa: PLC0415 -- needs the settings

    made = [approved(PHOTOS), approved(0)]
    [(heavy, _chief), (light, _other)] = made
    paper = DocumentVersion.objects.get(pk=heavy)
    worker, bare = in_turn(
        lambda: by_the_worker(heavy), lambda: by_weasyprint(paper), times=times
    )
    by_the_worker(light)
    papers = [facts(pk, chief) for pk, chief in made]
    print(json.dumps({"worker": worker, "bare": bare, "papers": papers}))


def facts(pk: int, reader: Any) -> dict[str, Any]:
    """What the server's client has to know of a paper, a session of its reader included."""
    from django.conf import settings  # noqa: PLC0415 -- needs the settings
    from django.test import Client  # noqa: PLC0415 -- needs the settings
    from django.urls import reverse  # noqa: PLC0415 -- needs the settings

    from documents.models import DocumentVersion  # noqa: PLC0415 -- needs the settings

    client = Client()
    client.force_login(reader)
    version = DocumentVersion.objects.get(pk=pk)
    return {
        "pk": pk,
        "size": version.size,
        "file": f"{settings.MEDIA_ROOT}/{version.file}",
        "url": reverse("documents:download", args=[pk]),
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }


def approved(photos: int) -> tuple[int, Any]:
    """The queued circulation copy of the minutes of a big meeting, and its chief."""
    from meetings.services.approving import (  # noqa: PLC0415 -- needs the settings
        approve_minutes,
    )
    from meetings.tests.held import fifty_agencies  # noqa: PLC0415

    held: Any = fifty_agencies()
    for number in range(photos):
        held.photograph(number)
    held.submit(held.minutes)
    minutes: Any = approve_minutes(
        held.minutes, by=held.chief, revision=held.minutes.revision
    )
    return minutes.circulation.pk, held.chief


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """How long it took by the clock, and how much of the processor."""
    begin = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begin[0], time.process_time() - begin[1]


def by_the_worker(pk: int) -> tuple[float, float]:
    """Queue the paper anew and render it: claim, draw, count pages, write, finish."""
    from documents.models import DocumentVersion  # noqa: PLC0415 -- needs the settings
    from documents.services.rendering import render_version  # noqa: PLC0415
    from documents.services.storing import stored  # noqa: PLC0415

    version = DocumentVersion.objects.get(pk=pk)
    if version.file:
        # The same bytes are written once; here they are to be written each time.
        stored(version.file).unlink()
    DocumentVersion.objects.filter(pk=pk).update(
        state="queued", ready_at=None, file="", sha256=""
    )
    return timed(lambda: render_version(pk))


def by_weasyprint(version: Any) -> tuple[float, float]:
    from weasyprint import HTML  # noqa: PLC0415 -- slow import

    from documents.services.rendering import (  # noqa: PLC0415 -- needs the settings
        page,
        read_upload,
    )
    from timpora.pdf import PaperFetcher, fonts, stylesheet  # noqa: PLC0415

    html, css = page(version), [stylesheet("css/paper.css")]
    fetcher = PaperFetcher(read_upload)
    return timed(
        lambda: HTML(string=html, base_url="static:", url_fetcher=fetcher).write_pdf(
            stylesheets=css, font_config=fonts()
        )
    )


if __name__ == "__main__":
    if "--draw" in sys.argv:
        start_django()
        draw(int(sys.argv[2]))
    else:
        sys.exit(main())
