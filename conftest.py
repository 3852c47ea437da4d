"""Settings that every test shares; no worlds are built here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings

from timpora.celery import app


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
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: none is left alone on one core when all others are done."""
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
