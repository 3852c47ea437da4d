from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from documents.http import send_file
from documents.services.dossiers import is_current
from foreigners.http import case_or_404
from foreigners.models import Reading
from foreigners.services.disclosing import note_reading
from foreigners.services.dossiers import (
    ask_for_dossier,
    dossier_of,
    papers_of,
    parts_of,
    renewed,
    title_of,
)
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial


@require_http_methods(["GET", "POST"])
def dossier(request: Request, pk: int) -> HttpResponse:
    """The papers of a case as one file; made again whenever a part has changed."""
    case = case_or_404(request, pk)
    require(request.user, "foreigners.read_case", case)
    if request.method == "POST":
        try:
            ask_for_dossier(case, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        return go_to(request, request.path)
    papers = papers_of(case)
    parts = parts_of(case, papers)
    found = dossier_of(case)
    if found is not None:
        found = renewed(found, case, parts, by=request.user)
    return render(
        request,
        page_or_partial(request, "foreigners/dossier.html", "state"),
        {
            "case": case,
            "papers": papers,
            "parts": parts,
            "drawn": [part for part in parts if "template" in part],
            "dossier": found,
        },
    )


@require_GET
def dossier_file(request: Request, pk: int) -> HttpResponseBase:
    """Everything in the case about everybody in it: a reading of each of them."""
    case = case_or_404(request, pk)
    require(request.user, "foreigners.read_case", case)
    found = dossier_of(case)
    if (
        found is None
        or not found.is_ready
        or not is_current(found, title_of(case), parts_of(case))
    ):
        raise Http404
    note_reading(
        request.user,
        Reading.Verb.DOWNLOADED,
        office_id=case.office_id,
        foreigners=[row.foreigner for row in case.persons.select_related("foreigner")],
        case=case,
        fields=["dossier"],
        sha256=found.sha256,
    )
    return send_file(
        found.file,
        mime="application/pdf",
        name=found.file_name,
        sha256=found.sha256,
        inline=True,
    )
