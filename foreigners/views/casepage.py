"""The page of a case, which several views answer with: its parts, in one order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from agencies.http import Request
from foreigners.forms.amending import RemoveViolationForm, ViolationForm
from foreigners.forms.annotating import HoldForm, NoteForm
from foreigners.models import Case, Reading
from foreigners.queries import clocks, custody, measures, objections, protection, work
from foreigners.queries.casepage import differences, possible_outcomes, stages_of
from foreigners.services.attempt import Attempt
from foreigners.services.disclosing import note_reading

# A form that was refused comes back in its place, with what was typed.
Refused = Mapping[str, Form]


Content = Callable[[Case, Request, Refused], dict[str, Any]]


@dataclass(frozen=True)
class Section:
    """A part of the page: its template and the names that it is drawn with."""

    template: str
    content: Content

    def draw(self, case: Case, request: Request, refused: Refused) -> str:
        names = {"case": case, **self.content(case, request, refused)}
        return render_to_string(self.template, names, request)


def of_case(ask: Callable[[Case], dict[str, Any]]) -> Content:
    """A part that asks nothing but the case: the ``for_case`` of its queries."""
    return lambda case, request, refused: ask(case)


def persons(case: Case, request: Request, refused: Refused) -> dict[str, Any]:
    """Each under the identity of then, with what the record says otherwise today."""
    found = case.persons.select_related("foreigner__nationality").prefetch_related(
        "foreigner__travel_documents", "foreigner__other_names"
    )
    return {
        "persons": [(person, differences(person)) for person in found],
        "guarantors": case.guarantors.select_related("guarantor"),
    }


def violations(case: Case, request: Request, refused: Refused) -> dict[str, Any]:
    return {
        "violations": case.violations.select_related("violation"),
        "form": refused.get("violation") or ViolationForm(case=case),
        "remove_form": refused.get("remove") or RemoveViolationForm(),
    }


def papers(case: Case) -> dict[str, Any]:
    shown = case.papers.select_related("document")
    return {"papers": shown.prefetch_related("document__versions")}


def notes(case: Case, request: Request, refused: Refused) -> dict[str, Any]:
    readable = case.notes.readable_by(request.user)
    return {
        "notes": readable.select_related("by").prefetch_related("files"),
        "form": refused.get("note") or NoteForm(),
    }


def holds(case: Case, request: Request, refused: Refused) -> dict[str, Any]:
    return {
        "holds": case.holds.select_related("by"),
        "form": refused.get("hold") or HoldForm(),
    }


def timeline(case: Case) -> dict[str, Any]:
    return {"events": case.events.select_related("by", "ground").order_by("-pk")}


# In the order of the page.
SECTIONS = (
    Section("foreigners/case_persons.html", persons),
    Section("foreigners/case_protection.html", of_case(protection.for_case)),
    Section("foreigners/case_violations.html", violations),
    Section("foreigners/case_work.html", of_case(work.for_case)),
    Section("foreigners/case_measures.html", of_case(measures.for_case)),
    Section("foreigners/case_objections.html", of_case(objections.for_case)),
    Section("foreigners/case_custody.html", of_case(custody.for_case)),
    Section("foreigners/case_clocks.html", of_case(clocks.for_case)),
    Section("foreigners/case_papers.html", of_case(papers)),
    Section("foreigners/case_notes.html", notes),
    Section("foreigners/case_holds.html", holds),
    Section("foreigners/case_timeline.html", of_case(timeline)),
)


def show_case(
    request: Request, case: Case, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    """The whole file on one page; opening it is a reading of everybody in it."""
    attempt = Attempt(case, on=case.office.today, by=request.user)
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
            "running": [
                (clock, clock.days_left(attempt.on))
                for clock in attempt.clocks
                if clock.ended_on is None
            ],
            "outcomes": possible_outcomes(attempt, request.user),
            "sections": [
                section.draw(case, request, refused or {}) for section in SECTIONS
            ],
        },
        status=status,
    )
