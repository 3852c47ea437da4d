"""A wrong setting stops the start with one sentence that names it."""

import os
import re
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

FILE = Path(settings.BASE_DIR, "timpora/settings.py")

WRONG = [
    ("VAR_DIR", "/dev/null/timpora"),
    ("STATIC_ROOT", "/dev/null/static"),
    ("SECRET_KEY", "pendek"),
    ("FIELD_KEYS", "pendek"),
    ("PORT", "abc"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("SITE_URL", "timpora.example"),
    ("SITE_URL", "https://"),
    ("SITE_URL", "https://timpora.example:abc"),
    ("SITE_URL", "https://timpora.example/tim"),
    ("ALLOWED_HOSTS", "https://timpora.example"),
    ("ALLOWED_HOSTS", "timpora.example, timpora.example:8000"),
    ("BEHIND_PROXY", "barangkali"),
    ("REQUIRE_MFA", "2"),
    ("DEMO", "benar"),
    ("DEBUG", "-"),
    ("DATABASE_URL", "timpora"),
    ("DATABASE_URL", "mysql://u:rahasia@host/timpora"),
    ("DATABASE_URL", "postgres://u:rahasia@host"),
    ("DATABASE_URL", "postgres://u:rahasia@host:abc/timpora"),
    ("DATABASE_URL", "postgres:///timpora"),
    ("DATABASE_URL", "sqlite:////tidak/ada/timpora.sqlite3"),
    ("DATABASE_URL", "sqlite://"),
    ("CELERY_BROKER_URL", "localhost:6379"),
    ("CELERY_BROKER_URL", "amqp://u:rahasia@host"),
    ("CELERY_BROKER_URL", "redis://"),
    ("CELERY_BROKER_URL", "redis://:rahasia@host:6379/satu"),
    ("EMAIL_URL", "host:25"),
    ("EMAIL_URL", "imap://u:rahasia@host"),
    ("EMAIL_URL", "smtp+tls://"),
    ("EMAIL_URL", "smtp://u:rahasia@host:abc"),
    ("DEFAULT_FROM_EMAIL", "TIMPORA"),
    ("SESSION_IDLE_SECONDS", "30 menit"),
    ("SESSION_IDLE_SECONDS", "0"),
    ("ACCEL_REDIRECT_PREFIX", "berkas"),
    ("LOG_LEVEL", "BERISIK"),
    ("TRUSTED_ROOTS", "/tidak/ada.pem"),
    ("TRUSTED_ROOTS", __file__),
]

RIGHT = [
    ("PORT", ""),
    ("SITE_URL", "https://timpora.example/"),
    ("ALLOWED_HOSTS", "timpora.example, .kantor.example,[::1]"),
    ("BEHIND_PROXY", "Yes"),
    ("DATABASE_URL", ""),
    ("DATABASE_URL", "postgres://u:p@host:5432/timpora"),
    ("DATABASE_URL", "postgresql:////var/run/postgresql/timpora"),
    ("DATABASE_URL", "sqlite:////tmp/timpora.sqlite3"),
    ("CELERY_BROKER_URL", "redis://host:6379/0"),
    ("CELERY_BROKER_URL", "rediss://:p@host"),
    ("EMAIL_URL", "smtp+tls://u:p@host:587"),
    ("EMAIL_URL", "consolemail://"),
    ("DEFAULT_FROM_EMAIL", "tim@kantor.example"),
    ("LOG_LEVEL", "warning"),
]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch, tmp_path):
    for name in {name for name, _value in WRONG}:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR_DIR", str(tmp_path))


def test_every_setting_is_tried_with_a_wrong_value():
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', FILE.read_text()))

    assert read == {name for name, _value in WRONG}


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_wrong_setting_is_refused_in_a_sentence_without_its_password(
    monkeypatch, name, value
):
    monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=rf"^{name} .+\.$") as refusal:
        runpy.run_path(str(FILE))

    assert "rahasia" not in str(refusal.value)


@pytest.mark.parametrize(("name", "value"), RIGHT)
def test_right_setting_is_taken(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    assert runpy.run_path(str(FILE))["SECRET_KEY"]


def test_socket_of_postgresql_needs_no_host(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres:////var/run/postgresql/timpora")

    database = runpy.run_path(str(FILE))["DATABASES"]["default"]

    assert (database["HOST"], database["NAME"]) == ("/var/run/postgresql", "timpora")


def run(*command, **environment):
    """Exit code and everything that was printed."""
    ended = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.mark.parametrize("command", ["migrate", "load_masters"])
def test_wrong_setting_ends_a_command_with_nothing_but_its_sentence(command):
    assert run(command, PORT="abc") == (
        1,
        "PORT harus berupa bilangan 1 sampai 65535, bukan 'abc'.\n",
    )


@pytest.mark.slow
def test_database_that_does_not_answer_stops_the_start_in_a_sentence():
    code, told = run(
        "may_start",
        DATABASE_URL="postgres://u:rahasia@127.0.0.1:1/timpora",
        PORT=str(free_port()),
    )

    assert code == 1
    assert told.startswith("CommandError: Basis data pada DATABASE_URL tidak menjawab:")
    assert told.count("\n") == 1
    assert "rahasia" not in told


def test_port_that_is_taken_stops_the_start_and_names_another(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.PORT = server.getsockname()[1]

        with pytest.raises(CommandError, match=f"PORT={settings.PORT + 1} make run"):
            call_command("may_start")


@pytest.mark.django_db
def test_free_port_and_a_database_may_start(settings):
    settings.PORT = free_port()

    call_command("may_start")
