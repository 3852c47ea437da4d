import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.models import Office
from agencies.services.audit import acting_from

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """Ends a session that was idle too long, and tells the audit where a request is from."""

    # How stale the stamp may be: not every request has to write its session.
    GRAIN = 60

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get("seen", now)
            if now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
            # A page that refreshes itself says nothing about who sits before it.
            elif "X-Poll" not in request.headers and (
                now - seen > self.GRAIN or "seen" not in request.session
            ):
                request.session["seen"] = now
        token = acting_from.set(request.META.get("REMOTE_ADDR"))
        try:
            return self.get_response(request)
        finally:
            acting_from.reset(token)


class OfficeZone:
    """Shows moments in the zone of the person's office; a liaison's is their keeper's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        zone = request.session.get("zone")
        if zone is None:
            agency = request.user.agency
            office = Office.objects.filter(
                pk=request.user.office_id or agency.keeper_id
            ).first()
            zone = office.time_zone if office else settings.TIME_ZONE
            request.session["zone"] = zone
        with timezone.override(ZoneInfo(zone)):
            return self.get_response(request)
