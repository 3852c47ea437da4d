"""The page of a case and its parts, with one and with three of everything in the file."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.tests.factories import UserFactory
from foreigners.models import Case, CaseEvent, Evidence, Hold, OverstaySheet
from foreigners.tests.factories import (
    CaseFactory,
    CaseViolationFactory,
    GroundFactory,
    GuarantorFactory,
    OtherNameFactory,
    TravelDocumentFactory,
    ViolationFactory,
)
from foreigners.tests.law import law
from foreigners.tests.ready import (
    REASON,
    TODAY,
    Ready,
    answer_gate,
    clock,
    conference,
    examination,
    exception,
    kind,
    measure,
    note,
    objection,
    office_people,
    order,
    paper_of,
    person,
    prosecution,
    reach,
    referral,
    warning,
)
from foreigners.views.casepage import PARTS

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25


def full(rows: int) -> Ready:
    """A case with ``rows`` of everything; somebody else than the reader answers for it."""
    law()
    office, people = office_people()
    case = CaseFactory(office=office, responsible=people["officer"])
    people["assigned"] = UserFactory(agency=office.agency)
    case.assigned.add(people["assigned"])
    ready = Ready(office, people, case)
    conference(ready)
    for number in range(rows):
        work_on(ready)
        decide(ready)
        keep(ready, number)
    return ready


def work_on(ready: Ready) -> None:
    order(ready)
    clock(ready, "order_after_exception", order=exception(ready))
    subject = person(ready)
    TravelDocumentFactory(foreigner=subject.foreigner)
    OtherNameFactory(foreigner=subject.foreigner)
    answer_gate(subject)
    examination(ready, subject)
    conference(ready, "tak")
    ready.case.guarantors.create(
        guarantor=GuarantorFactory(office=ready.office), role="Penjamin"
    )
    CaseEvent.objects.create(
        case=ready.case,
        action="start_verification",
        from_state="reported",
        to_state="verification",
        ground=GroundFactory(),
        reason=REASON,
        receipt={"title": "Mulai"},
        receipt_sha256="0" * 64,
        at=timezone.now(),
        by=ready.officer,
    )


def decide(ready: Ready) -> None:
    subject = ready.case.persons.last()
    taken = measure(ready, subject, "served")
    taken.drafters.add(ready.officer)
    held = kind(code="83", detains=True)
    measure(ready, subject, "draft", kind=held).drafters.add(ready.officer)
    clock(ready, "objection", measure=taken)
    contested = objection(ready, taken)
    clock(ready, "forward", objection=contested)
    rule = clock(ready, "spdp", person=subject).rule
    OverstaySheet.objects.create(
        case=ready.case,
        person=subject,
        permit_ends_on=TODAY(),
        counted_until=TODAY(),
        computed_days=1,
        computed_amount=1,
        days=1,
        amount=1,
        is_beyond_charge=False,
        derivation={"lines": [], "rests_on": []},
        limit=rule,
        computed_by=ready.officer,
    )


def keep(ready: Ready, number: int) -> None:
    case, officer = ready.case, ready.officer
    CaseViolationFactory(
        case=case,
        violation=ViolationFactory(code=f"V-{number}"),
        is_main=number == 0,
    )
    evidence = Evidence.objects.create(
        case=case,
        number=f"BB-{number}",
        description="Paspor",
        taken_from="Orang Contoh",
        taken_at=timezone.now(),
        place="Mes",
        holder=officer,
        received_by=officer,
    )
    evidence.custody.create(
        giver=officer,
        taker=ready.chief,
        purpose="Disimpan",
        given_at=timezone.now() - dt.timedelta(days=2),
    )
    referral(ready, "diterima")
    accused = prosecution(ready)
    clock(ready, "spdp", prosecution=accused)
    reach(accused, "sidik")
    warning(ready)
    note(ready, with_file=True)
    paper_of(ready)
    Hold.objects.create(
        case=case,
        kind=list(Hold.Kind)[number],
        ground="Menunggu.",
        since=timezone.now(),
        by=officer,
    )


def pages(case: Case) -> dict[str, str]:
    parts = {
        name: reverse("foreigners:case_part", args=[case.pk, name]) for name in PARTS
    }
    return {"": case.get_absolute_url(), **parts}


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["assigned", "section_head", "chief"])
def test_page_of_a_full_case_needs_few_queries_in_every_state(client, who):
    counts = {}
    for rows in (1, 3):
        ready = full(rows)
        client.force_login(ready.people[who])
        # Whoever has just come in is noted once.
        client.get("/")
        for state in Case.State:
            Case.objects.filter(pk=ready.case.pk).update(state=state)
            for name, address in pages(ready.case).items():
                counts.setdefault((state, name), []).append(queries_of(client, address))

    assert {key: found for key, found in counts.items() if len(set(found)) > 1} == {}
    assert {
        key: found for key, found in counts.items() if max(found) > MOST_QUERIES
    } == {}
