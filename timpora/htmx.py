"""One view, two answers: a page for the browser, a fragment for htmx."""

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


def page_or_partial(request: HtmxRequest, template: str, partial: str) -> str:
    return f"{template}#{partial}" if request.htmx else template


def go_to(request: HtmxRequest, url: str) -> HttpResponseRedirectBase:
    """Send the browser to ``url``; htmx would follow a 302 and swap in the page."""
    if request.htmx:
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)
