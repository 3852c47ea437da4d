"""The personal calendar: its address in the account's settings, and what it opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.http import Request
from documents.services.storing import digest
from meetings.models import CalendarFeed
from meetings.services.feeds import (
    address_of,
    calendar_of,
    feed_behind,
    make_feed,
    note_reading,
    revoke_feed,
)
from meetings.views.links import dead_link, private
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def calendar_feed(request: Request) -> HttpResponse:
    """Make the address, copy it, renew it, take it back."""
    if request.method == "POST":
        if "cabut" in request.POST:
            revoke_feed(request.user)
            messages.success(request, _("Alamat kalender dicabut."))
        else:
            make_feed(request.user)
            messages.success(request, _("Alamat kalender baru siap disalin."))
        return go_to(request, request.path)
    feed = CalendarFeed.objects.filter(user=request.user).first()
    response = render(
        request,
        "meetings/calendar_feed.html",
        {"feed": feed, "address": address_of(feed) if feed else ""},
    )
    # The address is a key: no cache keeps the page that shows it.
    response["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar of whoever the address belongs to; unchanged, only that it is so."""
    found = feed_behind(token)
    if found is None:
        return dead_link(request)
    note_reading(found)
    content = calendar_of(found)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="timpora.ics"'
    response["ETag"] = f'"{digest(content)}"'
    response["Cache-Control"] = "private, no-cache"
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return private(answer or response)
