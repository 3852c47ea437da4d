import logging

import pytest
from django.conf import settings
from django.test import Client

from timpora.logs import HideKeys


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("x", logging.WARNING, "", 1, message, args, None)


@pytest.mark.parametrize(
    ("line", "args", "told"),
    [
        (
            "%s: %s",
            ("Not Found", "/k/geheim/timpora.ics"),
            "Not Found: /k/…/timpora.ics",
        ),
        ("GET /u/abc-_1/tinjauan/", (), "GET /u/…/tinjauan/"),
        ("a /u/satu/ dan /k/dua/x", (), "a /u/…/ dan /k/…/x"),
        ("Not Found: /kasus/12/", (), "Not Found: /kasus/12/"),
        ("%d baris", (3,), "3 baris"),
    ],
)
def test_line_of_the_log_keeps_the_address_and_loses_the_key(line, args, told):
    entry = record(line, *args)

    assert HideKeys().filter(entry)
    assert entry.getMessage() == told


def test_console_hides_keys():
    handler = settings.LOGGING["handlers"]["console"]

    assert settings.LOGGING["filters"]["no_keys"]["()"] == "timpora.logs.HideKeys"
    assert "no_keys" in handler["filters"]


@pytest.mark.django_db
def test_dead_address_that_is_asked_for_is_logged_without_its_key(caplog):
    caplog.handler.addFilter(HideKeys())

    Client().get("/k/geheimkunci/timpora.ics")

    assert "geheimkunci" not in caplog.text
    assert "/k/…/timpora.ics" in caplog.text
