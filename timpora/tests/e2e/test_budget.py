"""What a liaison's phone pays in the room: taps and bytes, from the link to *hadir*."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, expect

from meetings.tests.factories import AttendanceFactory
from timpora.tests.browser import PHONE, Site
from timpora.tests.e2e.acts import sign

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

MOST_TAPS = 4
KILOBYTE = 1024
MOST_BYTES = 100 * KILOBYTE


@pytest.fixture
def installed(_at_the_browser: Browser, settings, tmp_path: Path) -> Iterator[Site]:
    """The application as an office runs it: static files collected, hashed, compressed."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        },
    }
    # Neither belongs to a page of ours, and both take their time to compress.
    left_out = ["admin", "fonts"]
    call_command(
        "collectstatic", ignore_patterns=left_out, interactive=False, verbosity=0
    )
    # WhiteNoise alone serves them; the test server's own handler is left out.
    server = LiveServerThread(
        "127.0.0.1", static_handler=lambda application: application
    )
    server.daemon = True
    server.start()
    server.is_ready.wait()
    site = Site(f"http://127.0.0.1:{server.port}", _at_the_browser)
    yield site
    site.close()
    server.terminate()


class Phone:
    """A phone with an empty cache that counts its taps, and the bytes that come to it."""

    def __init__(self, site: Site) -> None:
        self.page = site.visit(size=PHONE)
        # Browsers take brotli over TLS alone; an office without it sends gzip.
        self.page.context.set_extra_http_headers({"Accept-Encoding": "gzip"})
        self.taps = 0
        self.bytes = 0
        wire = self.page.context.new_cdp_session(self.page)
        wire.on("Network.loadingFinished", self._count)
        wire.send("Network.enable")

    def _count(self, response: dict[str, float]) -> None:
        """Headers and body of one response, as they were transferred."""
        self.bytes += int(response["encodedDataLength"])

    def open(self, link: str) -> None:
        self.taps += 1
        self.page.goto(link)

    def tap(self, role: str, name: str) -> None:
        self.taps += 1
        self.page.get_by_role(role, name=name).click()

    def sign(self) -> None:
        self.taps += 1
        sign(self.page)


def test_from_the_link_to_present_in_four_taps_and_100_kilobytes(installed):
    line = AttendanceFactory(
        invitation__meeting__in_session=True, invitation__person="Siti Contoh"
    )
    phone = Phone(installed)

    phone.open(line.invitation.get_link())
    phone.tap("link", "Catat kehadiran")
    phone.sign()
    phone.tap("button", "Saya hadir")
    expect(phone.page.get_by_text("Kehadiran Anda tercatat.")).to_be_visible()
    phone.page.wait_for_load_state("networkidle")

    line.refresh_from_db()
    assert (line.state, line.signature is not None) == ("hadir", True)
    assert phone.taps <= MOST_TAPS
    # Pages without their styles would be cheap as well.
    assert 10 * KILOBYTE < phone.bytes <= MOST_BYTES, phone.bytes
