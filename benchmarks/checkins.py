"""200 check-ins in 10 seconds against a real web server, on SQLite and on PostgreSQL.

    python benchmarks/checkins.py [--people 200] [--seconds 10]

Each person opens the page behind their link, signs, and taps; every fifth taps twice.
Prints how many were recorded, lost and doubled, and how long a tap took. PostgreSQL is
the server of TEST_DATABASE_URL; the database made there is dropped again.
"""

import argparse
import base64
import json
import random
import re
import statistics
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from io import BytesIO
from typing import Any

from fresh.installation import (
    Installation,
    offer_databases,
    on_each_database,
    start_django,
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10)
    offer_databases(parser)
    arguments = parser.parse_args()
    return on_each_database(
        lambda installation: run(installation, arguments.people, arguments.seconds),
        only=arguments.only,
    )


def run(installation: Installation, people: int, seconds: float) -> bool:
    """One round on one database; True if anything was lost, doubled or refused."""
    links = json.loads(installation.python(__file__, "--seed", str(people)))
    with installation.serving():
        taps = check_everybody_in([installation.site + link for link in links], seconds)
    found = json.loads(installation.python(__file__, "--count"))

    refused = [tap for tap in taps if tap["status"] != 200]
    durations = sorted(tap["seconds"] for tap in taps)
    late = statistics.quantiles(durations, n=20)[18]
    print(
        f"{installation.name}: {found['came']} of {people} recorded, "
        f"{people - found['came']} lost, {found['lines'] - people} doubled, "
        f"{found['audited']} audit rows, {len(refused)} of {len(taps)} taps refused; "
        f"a tap took {statistics.median(durations) * 1000:.0f} ms (median), "
        f"{late * 1000:.0f} ms (95 %), {durations[-1] * 1000:.0f} ms (longest); "
        f"all within {max(tap['done'] for tap in taps):.1f} s"
    )
    return bool(
        refused or (found["came"], found["lines"], found["audited"]) != (people,) * 3
    )


def check_everybody_in(links: list[str], seconds: float) -> list[dict[str, Any]]:
    """Everybody at a random moment of the time given, as at a door."""
    begin = time.monotonic()
    chance = random.Random(7)  # noqa: S311 -- a schedule, not a secret
    moments = sorted(chance.uniform(0, seconds) for _link in links)
    taps: list[dict[str, Any]] = []
    lock = threading.Lock()

    def person(number: int) -> None:
        time.sleep(max(0, begin + moments[number] - time.monotonic()))
        times = 2 if number % 5 == 0 else 1
        for tap in come(links[number], f"Orang Contoh {number}", times):
            with lock:
                taps.append(tap | {"done": time.monotonic() - begin})

    with ThreadPoolExecutor(len(links)) as crowd:
        list(crowd.map(person, range(len(links))))
    return taps


def come(link: str, name: str, times: int) -> list[dict[str, Any]]:
    """Open the page, sign, tap; ``times`` taps of the same form leave at once."""
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(CookieJar())
    )
    page = browser.open(link, timeout=60).read().decode()
    form = urllib.parse.urlencode(
        {
            "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"),
            "nonce": hidden(page, "nonce"),
            "person": name,
            "person_post": "Staf",
            "state": "hadir",
            "signature": signature(),
        }
    ).encode()

    def tap(_number: int) -> dict[str, Any]:
        begin = time.monotonic()
        try:
            status = browser.open(link, form, timeout=60).status
        except urllib.error.HTTPError as error:
            status = error.code
            error.close()
        return {"status": status, "seconds": time.monotonic() - begin}

    with ThreadPoolExecutor(times) as thumb:
        return list(thumb.map(tap, range(times)))


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    if not found:
        raise ValueError(f"The page has no {name}.")
    return found[1]


def signature() -> str:
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- slow import

    picture = Image.new("RGBA", (600, 220))
    stroke = [(40 + 20 * step, random.randint(30, 190)) for step in range(25)]  # noqa: S311 -- a scribble
    ImageDraw.Draw(picture).line(stroke, fill=(16, 36, 62, 255), width=4)
    made = BytesIO()
    picture.save(made, "PNG")
    return "data:image/png;base64," + base64.b64encode(made.getvalue()).decode()


def seed(people: int) -> None:
    """A meeting in session with one invited agency per person; prints their links."""
    from django.urls import reverse  # noqa: PLC0415 -- needs the settings

    from meetings.models import Invitation  # noqa: PLC0415 -- needs the settings
    from meetings.tests.factories import (  # noqa: PLC0415 -- needs the settings
        AttendanceFactory,
        MeetingFactory,
    )

    meeting = MeetingFactory(in_session=True)
    AttendanceFactory.create_batch(people, invitation__meeting=meeting)
    tokens = Invitation.objects.values_list("token", flat=True)
    print(
        json.dumps([reverse("meetings:link_attend", args=[token]) for token in tokens])
    )


def count() -> None:
    from agencies.models import AuditEntry  # noqa: PLC0415 -- needs the settings
    from meetings.models import Attendance  # noqa: PLC0415 -- needs the settings

    came = Attendance.objects.came().filter(signature__isnull=False)
    audited = AuditEntry.objects.filter(verb="meetings.check_in")
    print(
        json.dumps(
            {
                "came": came.count(),
                "lines": Attendance.objects.count(),
                "audited": audited.count(),
            }
        )
    )


if __name__ == "__main__":
    if {"--seed", "--count"} & set(sys.argv):
        start_django()
        seed(int(sys.argv[2])) if sys.argv[1] == "--seed" else count()
    else:
        sys.exit(main())
