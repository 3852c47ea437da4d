import ipaddress
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils import timezone

from agencies.models import Office
from agencies.services.audit import acting_from
from timpora.htmx import HtmxRequest, go_to

GetResponse = Callable[[HtmxRequest], HttpResponse]


class ClientAddress:
    """Leaves the visitor's own address in REMOTE_ADDR, written in one way; else nothing.

    Behind a proxy every request comes from the proxy, and the last address of
    X-Forwarded-For is the one it saw. Anybody may send that header, so it counts only
    where the installation says that a proxy stands in front.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HtmxRequest) -> HttpResponse:
        peer = canonical(request.META.get("REMOTE_ADDR", ""))
        if settings.BEHIND_PROXY:
            forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
            peer = canonical(forwarded.rpartition(",")[2]) or peer
        request.META["REMOTE_ADDR"] = peer
        return self.get_response(request)


def canonical(address: str) -> str:
    """The one way that an address is kept, or nothing; an IPv4 in disguise is itself."""
    try:
        parsed = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


class PackedPages(GZipMiddleware):
    """Packs pages and sends files as they are: papers and pictures are packed already, and
    packing them once more takes forty times as long as sending them."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming:
            return response
        return super().process_response(request, response)


class SessionLimits:
    """Ends a session that is idle or old, and tells the audit where a request is from."""

    # How stale the stamp may be: not every request has to write its session.
    GRAIN = 60

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HtmxRequest) -> HttpResponse:
        if request.user.is_authenticated and self.is_over(request):
            logout(request)
            back = request.get_full_path() if request.method == "GET" else "/"
            if request.htmx:
                back = request.htmx.current_url_abs_path or "/"
            query = urlencode({"next": back, "lama": 1})
            return go_to(request, f"{reverse(settings.LOGIN_URL)}?{query}")
        token = acting_from.set(request.META["REMOTE_ADDR"] or None)
        try:
            return self.get_response(request)
        finally:
            acting_from.reset(token)

    def is_over(self, request: HtmxRequest) -> bool:
        """Too long idle, or logged in too long ago; else stamps the session as in use."""
        now = int(time.time())
        session = request.session
        seen = session.get("seen", 0)
        if "since" not in session:
            session["since"] = session["seen"] = seen = now
        if (
            now - seen > settings.SESSION_IDLE_SECONDS
            or now - session["since"] > settings.SESSION_COOKIE_AGE
        ):
            return True
        # A page that refreshes itself says nothing about who sits before it.
        if now - seen > self.GRAIN and "X-Poll" not in request.headers:
            session["seen"] = now
        return False


class SecondFactor:
    """Where the installation asks for it, immigration roles set up a second factor first."""

    OPEN = ("account_", "mfa_", "usersessions_")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HtmxRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HtmxRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        user = request.user
        match = request.resolver_match
        name = (match and match.url_name) or ""
        if (
            not settings.REQUIRE_MFA
            or not user.is_authenticated
            or not user.is_immigration
            or name.startswith(self.OPEN)
            or is_mfa_enabled(user)
        ):
            return None
        return go_to(request, reverse("mfa_activate_totp"))


class OfficeZone:
    """Shows moments in the zone of the person's office; a liaison's is their keeper's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HtmxRequest) -> HttpResponse:
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


class PermissionsPolicy:
    """No page asks for camera or microphone; the finding card asks for the place, on a tap."""

    VALUE = "camera=(), microphone=(), geolocation=(self), payment=(), usb=()"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HtmxRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = self.VALUE
        return response
