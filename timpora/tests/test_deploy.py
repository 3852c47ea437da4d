"""What `deploy/` says fits what the application says."""

import re
import runpy
import shlex
from pathlib import Path

from django.conf import settings

from documents.services.uploads import MEGABYTE, MOST_FILE_BYTES, MOST_PICTURE_BYTES

DEPLOY = Path(settings.BASE_DIR, "deploy")
NGINX = (DEPLOY / "nginx.conf").read_text()
ENVIRONMENT = dict(
    re.findall(
        r"^#?([A-Z_]+)='(.+)'$",
        (DEPLOY / "timpora.env").read_text(),
        flags=re.MULTILINE,
    )
)
UNITS = sorted((DEPLOY / "systemd").iterdir())


def test_nginx_lets_through_what_the_application_takes():
    most = int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1]) * MEGABYTE

    assert most > MOST_FILE_BYTES
    assert most > 8 * MOST_PICTURE_BYTES
    assert f"paling banyak {most // MEGABYTE} MB" in NGINX


def test_nginx_knows_the_places_of_the_settings():
    var, prefix = ENVIRONMENT["VAR_DIR"], ENVIRONMENT["ACCEL_REDIRECT_PREFIX"]

    assert f"location {prefix}/ {{" in NGINX
    assert f"alias {var}/media/;" in NGINX
    assert f"alias {var}/static/;" in NGINX
    assert f"proxy_pass http://{ENVIRONMENT['BIND']}:{ENVIRONMENT['PORT']};" in NGINX


def test_every_name_in_the_example_is_documented():
    readme = Path(settings.BASE_DIR, "README.md").read_text()

    assert {name for name in ENVIRONMENT if f"`{name}`" not in readme} == set()


def test_units_start_what_is_there():
    started = [
        shlex.split(line.partition("=")[2])
        for unit in UNITS
        for line in unit.read_text().splitlines()
        if line.startswith("ExecStart=")
    ]
    ours = [
        path
        for command in started
        for path in command
        if path.startswith("/opt/timpora/") and "/.venv/" not in path
    ]

    assert len(started) == 4
    for path in ours:
        assert (Path(settings.BASE_DIR) / path.removeprefix("/opt/timpora/")).exists()


def test_example_settings_are_taken(monkeypatch, tmp_path):
    for name, value in (ENVIRONMENT | {"VAR_DIR": str(tmp_path)}).items():
        monkeypatch.setenv(name, value)

    taken = runpy.run_path(str(Path(settings.BASE_DIR, "timpora/settings.py")))

    assert taken["BEHIND_PROXY"]
    assert taken["SECURE_SSL_REDIRECT"]
