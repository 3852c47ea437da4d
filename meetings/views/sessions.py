from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.http import Request, require
from meetings.models import Meeting
from meetings.services import sessions
from timpora.errors import DomainError


@require_POST
def open_session(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    require(request.user, "meetings.take_minutes", meeting)
    try:
        sessions.open_session(meeting, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(meeting)
    messages.success(request, _("Rapat dibuka. Notula siap ditulis."))
    return redirect("meetings:minutes", meeting.pk)


@require_POST
def close_session(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    require(request.user, "meetings.take_minutes", meeting)
    try:
        sessions.close_session(meeting, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(meeting)
    messages.success(
        request, _("Rapat ditutup. Notula masih dapat dilengkapi sampai ditinjau.")
    )
    return redirect("meetings:minutes", meeting.pk)
