import dataclasses
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request, require
from agencies.models import User
from documents.services.uploads import UploadRefused
from meetings.forms.checkin import CheckInForm
from meetings.models import Attendance, Invitation, Meeting
from meetings.services.checkin import check_in, leave, why_no_check_in
from meetings.views.links import dead_link, invitation_behind, private
from timpora.errors import DomainError
from timpora.htmx import HtmxRequest


@dataclasses.dataclass(frozen=True)
class Door:
    """Through which somebody comes: a personal link, or the account of a liaison."""

    invitation: Invitation
    here: str
    by: User | None = None

    @property
    def lines(self) -> "list[Attendance]":
        """Who came for the agency at this door, and nobody else's line."""
        return list(
            Attendance.objects.came()
            .filter(
                meeting=self.invitation.meeting_id, agency=self.invitation.agency_id
            )
            .order_by("pk")
        )


@never_cache
@require_http_methods(["GET", "POST"])
def attend(request: Request, pk: int) -> HttpResponse:
    return _attend(request, _by_account(request, pk))


@require_POST
def attend_leave(request: Request, pk: int, line: int) -> HttpResponse:
    return _leave(request, _by_account(request, pk), line)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def link_attend(request: HtmxRequest, token: str) -> HttpResponseBase:
    door = _by_link(token)
    return private(_attend(request, door)) if door else dead_link(request)


@login_not_required
@require_POST
def link_leave(request: HtmxRequest, token: str, line: int) -> HttpResponseBase:
    door = _by_link(token)
    return private(_leave(request, door, line)) if door else dead_link(request)


def _by_account(request: Request, pk: int) -> Door:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    require(request.user, "meetings.check_in", meeting)
    invitations = Invitation.objects.visible_to(request.user).select_related(
        "agency", "meeting__office__agency"
    )
    invitation = get_object_or_404(
        invitations, meeting=meeting, agency=request.user.agency_id
    )
    return Door(invitation, reverse("meetings:attend", args=[meeting.pk]), request.user)


def _by_link(token: str) -> Door | None:
    invitation = invitation_behind(token)
    if invitation is None:
        return None
    return Door(invitation, reverse("meetings:link_attend", args=[token]))


def _attend(request: HtmxRequest, door: Door) -> HttpResponse:
    invitation, refusal, status = door.invitation, "", 200
    form = CheckInForm(
        request.POST or None, invitation=invitation, initial=_announced(request, door)
    )
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            check_in(
                invitation,
                nonce=cleaned["nonce"],
                said=form.statement,
                signature=cleaned["signature"],
                by=door.by,
            )
        except UploadRefused as error:
            form.add_error(None, str(error))
        except DomainError as error:
            refusal, status = str(error), 409
        else:
            messages.success(request, _("Kehadiran Anda tercatat. Terima kasih."))
            return redirect(door.here)
    elif request.method == "GET":
        refusal = why_no_check_in(invitation.meeting, at=timezone.now())
    if form.errors:
        status = 422
    return _page(request, door, form, refusal, status)


def _leave(request: HtmxRequest, door: Door, line: int) -> HttpResponse:
    attendance = next((found for found in door.lines if found.pk == line), None)
    if attendance is None:
        raise Http404
    attendance.meeting = door.invitation.meeting
    try:
        leave(attendance, by=door.by)
    except DomainError as error:
        form = CheckInForm(invitation=door.invitation)
        return _page(request, door, form, str(error), 409)
    messages.success(request, _("Jam pulang tercatat."))
    return redirect(door.here)


def _announced(request: HtmxRequest, door: Door) -> dict[str, str]:
    """The first person's fields, from the answer or else from the account."""
    invitation, user = door.invitation, door.by
    if "tambah" in request.GET:
        return {}
    if user and not invitation.person:
        return {
            "person": user.name,
            "person_rank": user.rank,
            "person_nip": user.nip,
            "person_post": user.post,
        }
    return {
        "person": invitation.person,
        "person_rank": invitation.person_rank,
        "person_nip": invitation.person_nip,
        "person_post": invitation.person_post,
    }


def _page(
    request: HtmxRequest, door: Door, form: CheckInForm, refusal: str, status: int
) -> HttpResponse:
    meeting = door.invitation.meeting
    lines = door.lines
    context = {
        "door": door,
        "meeting": meeting,
        "invitation": door.invitation,
        "body": door.invitation.agency.name_on(meeting.day),
        "lines": lines,
        "form": form,
        "refusal": refusal,
        "asks": not refusal and (not lines or form.is_bound or "tambah" in request.GET),
        "session_is_open": meeting.takes_check_in,
    }
    # Nobody is logged in behind a link, so the zone is the convening office's.
    with timezone.override(ZoneInfo(meeting.office.time_zone)):
        return render(request, "meetings/checkin.html", context, status=status)
