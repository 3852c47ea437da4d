from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agencies.http import Request
from meetings.queries.search import SHORTEST
from meetings.queries.search import search as search_for
from timpora.htmx import page_or_partial

LONGEST = 100


@require_GET
def search(request: Request) -> HttpResponse:
    """Meetings, entries and follow-ups that contain the words, as far as visible."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    is_long_enough = len(text) >= SHORTEST
    return render(
        request,
        page_or_partial(request, "meetings/search.html", "found"),
        {
            "text": text,
            "shortest": SHORTEST,
            "found": search_for(text, user=request.user) if is_long_enough else None,
        },
    )
