"""The one way to a browser: Chromium once per worker, one context per person.

The server answers from threads of this process, as gunicorn does, on a database that they
share by its file; a double click is two requests on two connections here too.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from agencies.models import User
from timpora.tests.threads import database_in_a_file

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE: ViewportSize = {"width": 360, "height": 740}
# Patience is for a busy machine; what is there in time costs none of it.
TIMEOUT = 20_000
expect.set_options(timeout=TIMEOUT)
DESK: ViewportSize = {"width": 1280, "height": 800}


class Site:
    """The running application, and a window on it for whoever is asked for."""

    def __init__(self, url: str, chromium: Browser) -> None:
        self.url = url
        self._chromium = chromium

    def visit(self, user: User | None = None, size: ViewportSize = DESK) -> Page:
        """A browser of somebody's own, logged in already if they have an account."""
        context = self._chromium.new_context(
            base_url=self.url,
            viewport=size,
            locale="id-ID",
            reduced_motion="reduce",
        )
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        if user:
            self.become(page, user)
        return page

    def become(self, page: Page, user: User | None) -> None:
        """The same browser in the hands of somebody else, from the next page on."""
        page.context.clear_cookies()
        if user:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value}
            page.context.add_cookies([{**cookie, "url": self.url}])

    def close(self) -> None:
        for context in self._chromium.contexts:
            context.close()


@pytest.fixture
def site(_at_the_browser: Browser, _server: str) -> Iterator[Site]:
    site = Site(_server, _at_the_browser)
    yield site
    site.close()


@pytest.fixture(scope="session")
def _server(_static_files: None) -> Iterator[str]:
    server = LiveServerThread(
        "127.0.0.1", static_handler=StaticFilesHandler, connections_override={}
    )
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture(scope="session")
def _chromium() -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    """Playwright leaves its loop running in this thread; other tests must not meet it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=FLAGS
        )
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield browser, loop
        asyncio._set_running_loop(loop)
        browser.close()


@pytest.fixture
def _at_the_browser(
    _chromium: tuple[Browser, asyncio.AbstractEventLoop],
    transactional_db: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Browser]:
    browser, loop = _chromium
    # The loop is the browser's; the queries of a test do not wait inside it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with database_in_a_file(tmp_path):
        asyncio._set_running_loop(loop)
        yield browser
        # Inside the loop Django keeps connections of its own, which nobody else ends.
        connections.close_all()
        asyncio._set_running_loop(None)
