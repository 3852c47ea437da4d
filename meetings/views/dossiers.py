"""The papers of one meeting as one file: what is in it, how far it is, and the file."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from agencies.services.audit import record
from documents.http import send_file
from documents.services.dossiers import is_current
from meetings.models import Meeting
from meetings.services.dossiers import (
    ask_for_dossier,
    dossier_of,
    papers_for,
    parts_for,
    renewed,
    title_of,
)
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial


@require_http_methods(["GET", "POST"])
def dossier(request: Request, pk: int) -> HttpResponse:
    """Asked for by a button; from then on it is made again whenever a part has changed."""
    meeting = _meeting(request, pk)
    if request.method == "POST":
        try:
            ask_for_dossier(meeting, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        return go_to(request, request.path)
    papers = papers_for(request.user, meeting)
    parts = parts_for(request.user, meeting, papers)
    found = dossier_of(meeting, request.user)
    if found is not None:
        found = renewed(found, meeting, parts, by=request.user)
    return render(
        request,
        page_or_partial(request, "meetings/dossier.html", "state"),
        {
            "meeting": meeting,
            "papers": papers,
            "parts": parts,
            "drawn": [part for part in parts if "template" in part],
            "dossier": found,
        },
    )


@require_GET
def dossier_file(request: Request, pk: int) -> HttpResponseBase:
    """Only what binds exactly what the reader may read at this moment."""
    meeting = _meeting(request, pk)
    found = dossier_of(meeting, request.user)
    parts = parts_for(request.user, meeting)
    if (
        found is None
        or not found.is_ready
        or not is_current(found, title_of(meeting), parts)
    ):
        raise Http404
    record(
        request.user,
        "meetings.download_dossier",
        meeting,
        office_id=meeting.office_id,
        sha256=found.sha256,
        versions=[part["version_pk"] for part in parts if "version_pk" in part],
    )
    return send_file(
        found.file,
        mime="application/pdf",
        name=found.file_name,
        sha256=found.sha256,
        inline=True,
    )


def _meeting(request: Request, pk: int) -> Meeting:
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("office__agency"), pk=pk
    )
    require(request.user, "meetings.read_dossier", meeting)
    return meeting
