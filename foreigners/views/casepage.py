"""The page of a case, which several views answer with: its parts, in one order.

What the next step rests on stands on the page itself; what else the file holds comes in
two parts with addresses of their own, which the page fetches when it has been drawn.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from agencies.http import Request
from foreigners.forms.amending import RemoveViolationForm, ViolationForm
from foreigners.forms.annotating import HoldForm, NoteForm
from foreigners.models import Case, Reading
from foreigners.queries import clocks, custody, measures, objections, protection, work
from foreigners.queries.casepage import differences, possible_outcomes, stages_of
from foreigners.services.attempt import Attempt
from foreigners.services.disclosing import note_reading
from timpora.htmx import page_or_partial

# A form that was refused comes back in its place, with what was typed.
Refused = Mapping[str, Form]
Content = Callable[[Attempt, Request, Refused], dict[str, Any]]


@dataclass(frozen=True)
class Section:
    """A part of the page: its template and the names that it is drawn with."""

    template: str
    content: Content

    def draw(self, attempt: Attempt, request: Request, refused: Refused) -> str:
        names = {"case": attempt.case, **self.content(attempt, request, refused)}
        return render_to_string(self.template, names, request)


def of_case(ask: Callable[[Case], dict[str, Any]]) -> Content:
    """A section that asks nothing but the case: the ``for_case`` of its queries."""
    return lambda attempt, request, refused: ask(attempt.case)


def persons(attempt: Attempt, request: Request, refused: Refused) -> dict[str, Any]:
    """Each under the identity of then, with what the record says otherwise today."""
    foreigners = [person.foreigner for person in attempt.persons]
    prefetch_related_objects(foreigners, "travel_documents", "other_names")
    return {
        "persons": [(person, differences(person)) for person in attempt.persons],
        "guarantors": attempt.guarantors,
    }


def gates(attempt: Attempt, request: Request, refused: Refused) -> dict[str, Any]:
    return protection.gates_of(attempt.persons)


def violations(attempt: Attempt, request: Request, refused: Refused) -> dict[str, Any]:
    return {
        "violations": attempt.violations,
        "form": refused.get("violation") or ViolationForm(case=attempt.case),
        "remove_form": refused.get("remove") or RemoveViolationForm(),
    }


def due(attempt: Attempt, request: Request, refused: Refused) -> dict[str, Any]:
    return clocks.in_order(attempt.clocks)


def papers(case: Case) -> dict[str, Any]:
    shown = case.papers.select_related("document")
    return {"papers": shown.prefetch_related("document__versions")}


def notes(attempt: Attempt, request: Request, refused: Refused) -> dict[str, Any]:
    readable = attempt.case.notes.readable_by(request.user)
    return {
        "notes": readable.select_related("by").prefetch_related("files"),
        "form": refused.get("note") or NoteForm(),
    }


def holds(attempt: Attempt, request: Request, refused: Refused) -> dict[str, Any]:
    return {
        "holds": attempt.case.holds.select_related("by"),
        "form": refused.get("hold") or HoldForm(),
    }


def timeline(case: Case) -> dict[str, Any]:
    return {"events": case.events.select_related("by", "ground").order_by("-pk")}


@dataclass(frozen=True)
class Part:
    """Sections under an address of their own; ``contents`` are their headings by id."""

    name: str
    title: Any
    contents: dict[str, Any]
    sections: tuple[Section, ...]

    @property
    def place(self) -> Section:
        """Where it goes on the page of the case: links, until it has been fetched."""
        return Section("foreigners/case_part_link.html", lambda *asked: {"part": self})


WORK = Part(
    "penanganan",
    _("Penanganan"),
    {
        "judul-perintah": _("Surat perintah"),
        "judul-periksa": _("Pemeriksaan (BAP)"),
        "judul-gelar": _("Gelar kasus"),
        "judul-tindakan": _("Tindakan"),
        "judul-limpah": _("Pelimpahan dan teguran"),
        "judul-bukti": _("Barang bukti"),
    },
    (
        Section("foreigners/case_work.html", of_case(work.for_case)),
        Section("foreigners/case_measures.html", of_case(measures.for_case)),
        Section("foreigners/case_objections.html", of_case(objections.for_case)),
        Section("foreigners/case_custody.html", of_case(custody.for_case)),
    ),
)
FILE = Part(
    "berkas",
    _("Berkas dan catatan"),
    {
        "berkas": _("Berkas"),
        "catatan": _("Catatan"),
        "menunggu": _("Waktu menunggu"),
        "riwayat": _("Riwayat langkah"),
    },
    (
        Section("foreigners/case_papers.html", of_case(papers)),
        Section("foreigners/case_notes.html", notes),
        Section("foreigners/case_holds.html", holds),
        Section("foreigners/case_timeline.html", of_case(timeline)),
    ),
)
PARTS = {part.name: part for part in (WORK, FILE)}
# In the order of the page.
SECTIONS = (
    Section("foreigners/case_persons.html", persons),
    Section("foreigners/case_protection.html", gates),
    Section("foreigners/case_violations.html", violations),
    WORK.place,
    Section("foreigners/case_clocks.html", due),
    FILE.place,
)


def show_case(
    request: Request, case: Case, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    """Where the case stands and what it still lacks; opening it is a reading of everybody
    in it."""
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
                section.draw(attempt, request, refused or {}) for section in SECTIONS
            ],
        },
        status=status,
    )


def show_part(
    request: Request,
    case: Case,
    part: Part,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """A part of the file, alone or within the page; a reading of the case as well, for it
    has an address of its own. It names persons by their numbers."""
    attempt = Attempt(case, on=case.office.today, by=request.user)
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=case.office_id,
        case=case,
        fields=[part.name],
    )
    return render(
        request,
        page_or_partial(request, "foreigners/case_part.html", "sections"),
        {
            "case": case,
            "part": part,
            "sections": [
                section.draw(attempt, request, refused or {})
                for section in part.sections
            ],
        },
        status=status,
    )
