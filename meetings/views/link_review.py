"""The review by personal link: what the agency may read and say, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request
from meetings.models import Entry, Invitation, Minutes
from meetings.views.links import dead_link, invitation_behind, private
from meetings.views.reviewing import agency_page, confirm_page, contest_page


def _minutes_behind(invitation: Invitation) -> Minutes | None:
    """The newest minutes that circulate to the agency of the link."""
    return (
        Minutes.objects.circulated_to(invitation.agency_id)
        .filter(meeting=invitation.meeting_id)
        .select_related("meeting__office__agency")
        .first()
    )


@login_not_required
@never_cache
@require_GET
def link_review(request: Request, token: str) -> HttpResponseBase:
    invitation = invitation_behind(token)
    minutes = _minutes_behind(invitation) if invitation else None
    if invitation is None or minutes is None:
        return dead_link(request)
    return private(agency_page(request, minutes, invitation.agency, token))


@login_not_required
@never_cache
@require_POST
def link_confirm(request: Request, token: str) -> HttpResponseBase:
    invitation = invitation_behind(token)
    minutes = _minutes_behind(invitation) if invitation else None
    if invitation is None or minutes is None:
        return dead_link(request)
    back = reverse("meetings:link_review", args=[token])
    return private(confirm_page(request, minutes, invitation.agency, None, back))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def link_contest(request: Request, token: str, entry_pk: int) -> HttpResponseBase:
    invitation = invitation_behind(token)
    minutes = _minutes_behind(invitation) if invitation else None
    if invitation is None or minutes is None:
        return dead_link(request)
    entry = get_object_or_404(
        Entry.objects.readable_by(invitation.agency_id).for_list(),
        minutes=minutes,
        pk=entry_pk,
    )
    back = reverse("meetings:link_review", args=[token])
    return private(contest_page(request, entry, invitation.agency, None, back))
