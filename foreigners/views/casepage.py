"""The page of a case, which several views answer with: its parts, in one order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from agencies.http import Request
from foreigners.forms.amending import RemoveViolationForm, ViolationForm
from foreigners.forms.annotating import HoldForm, NoteForm
from foreigners.models import Case, Reading
from foreigners.queries import clocks, custody, measures, objections, protection, work
from foreigners.queries.casepage import differences, possible_outcomes, stages_of
from foreigners.services.attempt import Attempt
from foreigners.services.casefile import today_of
from foreigners.services.disclosing import note_reading

# A form that was refused comes back in its place, with what was typed.
Refused = Mapping[str, Form]


@dataclass(frozen=True)
class Section:
    """A part of the page: its template gets what ``content`` answers as ``section``."""

    template: str
    content: Callable[[Case, Request, Refused], Any]


def persons(case: Case, request: Request, refused: Refused) -> Any:
    """Each under the identity of then, with what the record says otherwise today."""
    found = case.persons.select_related("foreigner__nationality").prefetch_related(
        "foreigner__travel_documents", "foreigner__other_names"
    )
    return {
        "rows": [(person, differences(person)) for person in found],
        "guarantors": case.guarantors.select_related("guarantor"),
    }


def violations(case: Case, request: Request, refused: Refused) -> Any:
    return {
        "rows": case.violations.select_related("violation"),
        "form": refused.get("violation") or ViolationForm(case=case),
        "remove_form": refused.get("remove") or RemoveViolationForm(),
    }


def papers(case: Case, request: Request, refused: Refused) -> Any:
    return case.papers.select_related("document").prefetch_related("document__versions")


def notes(case: Case, request: Request, refused: Refused) -> Any:
    readable = case.notes.readable_by(request.user)
    return {
        "rows": readable.select_related("by").prefetch_related("files"),
        "form": refused.get("note") or NoteForm(),
    }


def holds(case: Case, request: Request, refused: Refused) -> Any:
    return {
        "rows": case.holds.select_related("by"),
        "form": refused.get("hold") or HoldForm(),
    }


def timeline(case: Case, request: Request, refused: Refused) -> Any:
    return case.events.select_related("by", "ground").order_by("-pk")


def nothing_more(case: Case, request: Request, refused: Refused) -> Any:
    """What the part shows stands in the page's context under its own names."""
    return None


# In the order of the page.
SECTIONS = (
    Section("foreigners/case_persons.html", persons),
    Section("foreigners/case_protection.html", nothing_more),
    Section("foreigners/case_violations.html", violations),
    Section("foreigners/case_orders.html", nothing_more),
    Section("foreigners/case_examinations.html", nothing_more),
    Section("foreigners/case_conference.html", nothing_more),
    Section("foreigners/case_measures.html", nothing_more),
    Section("foreigners/case_objections.html", nothing_more),
    Section("foreigners/case_prosecution.html", nothing_more),
    Section("foreigners/case_referral.html", nothing_more),
    Section("foreigners/case_evidence.html", nothing_more),
    Section("foreigners/case_clocks.html", nothing_more),
    Section("foreigners/case_papers.html", papers),
    Section("foreigners/case_notes.html", notes),
    Section("foreigners/case_holds.html", holds),
    Section("foreigners/case_timeline.html", timeline),
)


def work_of(case: Case) -> dict[str, Any]:
    """What each process says of the case, under the names that its part reads."""
    return {
        **protection.for_case(case),
        **work.for_case(case),
        **measures.for_case(case),
        **objections.for_case(case),
        **custody.for_case(case),
        **clocks.for_case(case),
    }


def show_case(
    request: Request, case: Case, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    """The whole file on one page; opening it is a reading of everybody in it."""
    attempt = Attempt(case, on=today_of(case.office), by=request.user)
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=case.office_id,
        foreigners=[person.foreigner for person in attempt.persons],
        case=case,
        fields=["identity", "case"],
    )
    return render(
        request,
        "foreigners/case_detail.html",
        {
            "case": case,
            "stages": stages_of(case, attempt.events),
            **work_of(case),
            "running": [
                (clock, clock.days_left(attempt.on))
                for clock in attempt.clocks
                if clock.ended_on is None
            ],
            "outcomes": possible_outcomes(attempt, request.user),
            "sections": [
                (section.template, section.content(case, request, refused or {}))
                for section in SECTIONS
            ],
        },
        status=status,
    )
