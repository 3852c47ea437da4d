"""Settings that every test shares; no worlds are built here."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import override_settings

from timpora.celery import app

guards = import_module("agencies.migrations.0002_audit_stays_as_written")
pytest_plugins = ["timpora.tests.browser"]


@pytest.fixture(autouse=True, scope="session")
def _static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files as they lie in the apps: no test, no live server needs `collectstatic`."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"), STORAGES=storages
    ):
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """What says nothing about the database, as what a browser shows, runs on SQLite alone;
    of the rest the long ones first: none is left alone on one core when all others are
    done."""
    if connection.vendor != "sqlite":
        once = [item for item in items if {"once", "e2e"} & set(item.keywords)]
        config.hook.pytest_deselected(items=once)
        items[:] = [item for item in items if not {"once", "e2e"} & set(item.keywords)]
    items.sort(key=lambda item: not {"slow", "e2e"} & set(item.keywords))


@pytest.fixture(autouse=True)
def _test_installation(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _eager_tasks() -> None:
    """A task runs where it is sent; errors surface in the test."""
    app.conf.task_always_eager = True
    app.conf.task_eager_propagates = True


@pytest.fixture(autouse=True, scope="session")
def _flush_empties_the_audit_too() -> Iterator[None]:
    """Lets the flush after a test with real transactions delete what nobody else may.

    On SQLite a flush is a DELETE, which the audit's trigger refuses as it should; here
    the flush takes the triggers away and puts them back, in its own transaction. The
    triggers have no exception for tests, and guard every test's own statements.
    PostgreSQL empties tables by TRUNCATE, which asks no row.
    """

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        return [
            *guards.SQLITE_UNDO,
            *plain(self, style, tables, **options),
            *guards.SQLITE,
        ]

    plain = DatabaseOperations.sql_flush
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield
