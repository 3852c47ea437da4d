from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.http import Request, require
from meetings.models import Meeting
from meetings.queries.attendance import sheet_papers
from meetings.services.attendance_papers import BLANK, FILLED, print_sheet
from timpora.errors import DomainError

KINDS = {"kosong": BLANK, "terisi": FILLED}


@require_POST
def attendance_print(request: Request, pk: int, kind: str) -> HttpResponse:
    meetings = Meeting.objects.visible_to(request.user).select_related(
        "office__agency", "office__logo", "chair", "minute_taker"
    )
    meeting = get_object_or_404(meetings, pk=pk)
    require(request.user, "meetings.take_attendance", meeting)
    if kind not in KINDS:
        raise Http404
    try:
        version = print_sheet(meeting, kind=KINDS[kind], by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("%(kind)s siap diunduh di bawah ini begitu selesai disusun.")
            % {"kind": version.document.get_kind_display()},
        )
    return redirect("meetings:attendance", pk=meeting.pk)


@require_GET
def attendance_papers(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    require(request.user, "meetings.view_attendance", meeting)
    papers = sheet_papers(meeting)
    context = {
        "meeting": meeting,
        "papers": papers,
        "waiting": any(version.state == version.State.QUEUED for version in papers),
    }
    return render(request, "meetings/attendance_sheet.html#papers", context)
