"""Two officers on one step at the same moment: one takes it, the other reads who did."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from agencies.models import AuditEntry
from foreigners.models import Case, CaseEvent
from foreigners.services.stepping import StepRefused, take_step
from foreigners.tests.ready import REASON, ready_for
from timpora.tests.threads import database_in_a_file, in_own_connection

pytestmark = pytest.mark.slow


def confirm(pk, by):
    case = Case.objects.get(pk=pk)
    try:
        take_step(case, "examine", by=by, reason=REASON, revision=1)
    except StepRefused as refusal:
        return refusal.code, str(refusal)
    return "taken", by.name


def what_there_is():
    case = Case.objects.get()
    return (
        case.state,
        case.revision,
        CaseEvent.objects.count(),
        AuditEntry.objects.filter(verb="foreigners.step").count(),
    )


def test_of_two_officers_on_one_step_one_wins_and_the_other_reads_why(
    transactional_db, tmp_path
):
    ready = ready_for("examine")
    officers = [ready.people["officer"], ready.people["section_head"]] * 2

    with database_in_a_file(tmp_path), ThreadPoolExecutor(4) as clicks:
        answers = list(
            clicks.map(
                lambda by: in_own_connection(confirm, ready.case.pk, by), officers
            )
        )
        found = clicks.submit(in_own_connection, what_there_is).result()

    winners = [words for code, words in answers if code == "taken"]
    losers = [words for code, words in answers if code == "stale"]
    assert (len(winners), len(losers)) == (1, 3)
    assert all(f"{winners[0]} sudah mengambil langkah" in words for words in losers)
    assert found == ("examination", 2, 1, 1)
