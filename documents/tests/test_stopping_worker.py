"""A stop that comes while the worker itself draws: between two parts, and after the last."""

import re

import pytest
from django.db import connection

from documents.services.rendering import render_version, stop_drawing, try_again
from documents.services.storing import stored
from documents.tests.test_stopping import long_version, of_the_office
from timpora.pdf import page_count

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def stopping(version, by, *, before):
    """Stop ``version`` once, just before the worker's UPDATE that ``before`` describes."""
    done = []

    def wrapper(execute, sql, params, many, context):
        if not done and sql.startswith("UPDATE") and re.search(before, sql):
            done.append(sql)
            stop_drawing(version, by=by)
        return execute(sql, params, many, context)

    wrapper.done = done
    return wrapper


@pytest.mark.parametrize("before", [r'"parts_done" = ', r'"ready_at" = '])
def test_worker_loses_against_a_stop_and_draws_the_paper_when_asked_again(before):
    version = long_version()
    chief = of_the_office(version, "chief")
    stop = stopping(version, chief, before=before)

    with connection.execute_wrapper(stop):
        render_version(version.pk)

    assert len(stop.done) == 1
    version.refresh_from_db()
    assert (version.state, version.stopped_by, version.file) == ("failed", chief, "")
    assert (version.error, version.leased_until) == ("", None)

    try_again(version)
    render_version(version.pk)

    version.refresh_from_db()
    assert version.is_ready
    assert page_count(stored(version.file).read_bytes()) == version.pages
