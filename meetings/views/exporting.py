"""Approved minutes as a file for other programs: the circulation copy, nothing besides."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from agencies.http import Request, require
from agencies.services.audit import record
from documents.models import Document, DocumentVersion
from meetings.models import Meeting, Minutes
from meetings.services.akoma_ntoso import MEDIA_TYPE, debate_record
from meetings.services.minutes_data import as_text, data_of, schema_text


@require_GET
def minutes_xml(request: Request, pk: int) -> HttpResponse:
    """Akoma Ntoso 3.0: a debate record."""
    minutes, version = _circulation(request, pk)
    content = debate_record(data_of(minutes, version))
    return _file(request, minutes, version, content, MEDIA_TYPE, "xml")


@require_GET
def minutes_json(request: Request, pk: int) -> HttpResponse:
    minutes, version = _circulation(request, pk)
    content = as_text(data_of(minutes, version)).encode()
    return _file(request, minutes, version, content, "application/json", "json")


@login_not_required
@cache_control(public=True, max_age=86400)
@require_GET
def minutes_schema(request: HttpRequest) -> HttpResponse:
    """What the JSON looks like: the same everywhere, and no secret."""
    return HttpResponse(schema_text(), content_type="application/schema+json")


def _circulation(request: Request, pk: int) -> tuple[Minutes, DocumentVersion]:
    """The copy in force, if the person may read its paper."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    require(request.user, "meetings.read_minutes", meeting)
    minutes = (
        Minutes.objects.filter(meeting=meeting, state=Minutes.State.APPROVED)
        .select_related("meeting", "circulation__document")
        .first()
    )
    if minutes is None or minutes.circulation is None:
        raise Http404
    paper = get_object_or_404(
        Document.objects.visible_to(request.user), pk=minutes.circulation.document_id
    )
    require(request.user, "documents.read", paper)
    return minutes, minutes.circulation


def _file(
    request: Request,
    minutes: Minutes,
    version: DocumentVersion,
    content: bytes,
    media_type: str,
    ending: str,
) -> HttpResponse:
    record(
        request.user,
        "meetings.export_minutes",
        minutes,
        office_id=minutes.meeting.office_id,
        version=version.version,
        format=ending,
    )
    response = HttpResponse(content, content_type=media_type)
    name = f"{version.file_name.removesuffix('.pdf')}.{ending}"
    shown = content_disposition_header(True, name)
    if shown:
        response["Content-Disposition"] = shown
    return response
