"""The one way to a browser: Chromium once per worker, one context per person.

The server answers from threads of this process, as gunicorn does, on a database that they
share by its file; a double click is two requests on two connections here too.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection, connections
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

    # For pages that are only looked at: starting a browser costs more than all that is
    # asked of them, so one stands here from test to test.
    _standing: Page | None = None

    def __init__(self, url: str, chromium: Browser) -> None:
        self.url = url
        self._chromium = chromium

    def visit(self, user: User | None = None, size: ViewportSize = DESK) -> Page:
        """A browser of somebody's own, logged in already if they have an account."""
        page = self._new_page(size)
        if user:
            self._log_in(page, user)
        return page

    def look(self, user: User | None, path: str, status: int = 200) -> Page:
        """The page at the path, in the browser that stands here."""
        page = Site._standing = Site._standing or self._new_page(DESK)
        page.context.clear_cookies()
        page.set_viewport_size(DESK)
        if user:
            self._log_in(page, user)
        answer = page.goto(path)
        assert answer
        assert (urlsplit(page.url).path, answer.status) == (path, status)
        return page

    def close(self) -> None:
        for context in self._chromium.contexts:
            if Site._standing and context is Site._standing.context:
                # What stands on it asks for news, of a database that is gone.
                Site._standing.goto("about:blank")
            else:
                context.close()

    def _new_page(self, size: ViewportSize) -> Page:
        context = self._chromium.new_context(
            base_url=self.url, viewport=size, locale="id-ID", reduced_motion="reduce"
        )
        context.set_default_timeout(TIMEOUT)
        return context.new_page()

    def _log_in(self, page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value}
        page.context.add_cookies([{**cookie, "url": self.url}])


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
    # The browser's line to the server may outlive a test; the database does not.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    with database_in_a_file(tmp_path):
        asyncio._set_running_loop(loop)
        yield browser
        # Inside the loop Django keeps connections of its own, which nobody else ends.
        connections.close_all()
        asyncio._set_running_loop(None)
