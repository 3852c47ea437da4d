from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require, typed_over
from agencies.models import Agency
from documents.http import send_upload
from documents.models import Upload
from meetings.forms.rollcall import LineForm, MarkForm, WalkInForm
from meetings.models import Attendance, Meeting
from meetings.queries.attendance import count_attendance, sheet_lines, sheet_papers
from meetings.services.rollcall import (
    AgencyIsInvited,
    ExcuseMissing,
    LineChanged,
    ReasonMissing,
    add_walk_in,
    mark_line,
    record_line,
    why_no_roll_call,
    with_announced_person,
)
from timpora.errors import DomainError

SHEET = "meetings/attendance_sheet.html"


@require_GET
def attendance(request: Request, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk, "meetings.view_attendance")
    return render(request, SHEET, _sheet(meeting))


@require_GET
def attendance_counts(request: Request, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk, "meetings.view_attendance")
    context = {"meeting": meeting, "counts": count_attendance(meeting)}
    return render(request, f"{SHEET}#counts", context)


@require_POST
def attendance_mark(request: Request, pk: int, line: int) -> HttpResponse:
    meeting = _meeting(request, pk, "meetings.take_attendance")
    attendance = _line(request, meeting, line)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _answer(
            request, meeting, line, status=422, refusal=_("Pilihan tidak dikenal.")
        )
    try:
        mark_line(attendance, by=request.user, **form.cleaned_data)
    except LineChanged as error:
        tried = form.fields["state"].choices  # type: ignore[attr-defined]
        return _answer(
            request,
            meeting,
            line,
            status=409,
            refusal=str(error),
            tried=dict(tried)[form.cleaned_data["state"]],
        )
    except (ExcuseMissing, ReasonMissing) as error:
        said = with_announced_person(attendance)
        state = form.cleaned_data["state"]
        initial = {"revision": attendance.revision, "state": state}
        line_form = LineForm(meeting=meeting, said=said, initial=initial)
        return _line_form(request, meeting, attendance, line_form, 422, str(error))
    except DomainError as error:
        return _answer(request, meeting, line, status=409, refusal=str(error))
    return _answer(request, meeting, line)


@require_http_methods(["GET", "POST"])
def attendance_line(request: Request, pk: int, line: int) -> HttpResponse:
    meeting = _meeting(request, pk, "meetings.take_attendance")
    attendance = _line(request, meeting, line)
    form = LineForm(
        request.POST or None,
        meeting=meeting,
        said=with_announced_person(attendance),
        initial={"revision": attendance.revision},
    )
    if request.method == "GET":
        return _line_form(request, meeting, attendance, form)
    if not form.is_valid():
        return _line_form(request, meeting, attendance, form, 422)
    try:
        record_line(
            attendance,
            by=request.user,
            revision=form.cleaned_data["revision"],
            said=form.statement,
            correction=form.cleaned_data["correction"],
        )
    except ExcuseMissing as error:
        form.add_error("reason", str(error))
        return _line_form(request, meeting, attendance, form, 422)
    except ReasonMissing as error:
        form.add_error("correction", str(error))
        return _line_form(request, meeting, attendance, form, 422)
    except DomainError as error:
        attendance.refresh_from_db()
        typed = typed_over(request, revision=attendance.revision)
        form = LineForm(typed, meeting=meeting, said=form.statement)
        return _line_form(request, meeting, attendance, form, 409, str(error))
    return _answer(request, meeting, line)


@require_http_methods(["GET", "POST"])
def attendance_walk_in(request: Request, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk, "meetings.take_attendance")
    agencies = Agency.objects.visible_to(request.user).active_on(meeting.day)
    form = WalkInForm(request.POST or None, meeting=meeting, agencies=agencies)
    status = 200
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            guest = add_walk_in(
                meeting,
                by=request.user,
                nonce=cleaned["nonce"],
                agency=cleaned["agency"],
                agency_text=cleaned["agency_text"],
                said=form.statement,
            )
        except AgencyIsInvited as error:
            form.add_error("agency", str(error))
        except DomainError as error:
            form.add_error(None, str(error))
            status = 409
        else:
            messages.success(request, _("Tamu tercatat."))
            return redirect(_anchor(meeting, guest.pk))
    if form.errors and status == 200:
        status = 422
    context = {"meeting": meeting, "form": form, "refusal": why_no_roll_call(meeting)}
    return render(request, "meetings/attendance_walk_in.html", context, status=status)


@require_GET
def attendance_signature(request: Request, pk: int, line: int) -> HttpResponseBase:
    meeting = _meeting(request, pk, "meetings.view_attendance")
    signed = Attendance.objects.visible_to(request.user).filter(
        meeting=meeting, pk=line
    )
    return send_upload(get_object_or_404(Upload, pk__in=signed.values("signature")))


def _meeting(request: Request, pk: int, permission: str) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).select_related("office__agency")
    meeting = get_object_or_404(meetings, pk=pk)
    require(request.user, permission, meeting)
    return meeting


def _line(request: Request, meeting: Meeting, pk: int) -> Attendance:
    lines = Attendance.objects.visible_to(request.user).for_list()
    attendance = get_object_or_404(lines, pk=pk, meeting=meeting)
    attendance.meeting = meeting
    return attendance


def _sheet(meeting: Meeting) -> dict[str, Any]:
    papers = sheet_papers(meeting)
    return {
        "meeting": meeting,
        "lines": sheet_lines(meeting),
        "counts": count_attendance(meeting),
        "papers": papers,
        "waiting": any(version.state == version.State.QUEUED for version in papers),
        "refusal_of_all": why_no_roll_call(meeting),
        "states": [choice for choice in Attendance.State.choices if choice[0]],
    }


def _anchor(meeting: Meeting, line: int) -> str:
    return f"{reverse('meetings:attendance', args=[meeting.pk])}#baris-{line}"


def _answer(
    request: Request, meeting: Meeting, line: int, *, status: int = 200, **refused: str
) -> HttpResponse:
    """The line as it stands now: alone for htmx, within the sheet for a plain form."""
    if not request.htmx and status == 200:
        return redirect(_anchor(meeting, line))
    context = _sheet(meeting) | {"touched": line} | refused
    if not request.htmx:
        return render(request, SHEET, context, status=status)
    context["line"] = next(
        found for found in context["lines"] if found.attendance.pk == line
    )
    return render(request, f"{SHEET}#answer", context, status=status)


def _line_form(
    request: Request,
    meeting: Meeting,
    attendance: Attendance,
    form: LineForm,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    template = "meetings/attendance_line.html"
    if request.htmx:
        template += "#editor"
    context = {
        "meeting": meeting,
        "attendance": attendance,
        "body": attendance.body_on(meeting.day),
        "form": form,
        "refusal": refusal,
    }
    return render(request, template, context, status=status)
