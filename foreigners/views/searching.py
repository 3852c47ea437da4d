from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies.http import Request, require
from foreigners.forms.searching import SearchForm
from foreigners.services.searching import search_persons


@never_cache
@require_http_methods(["GET", "POST"])
def person_search(request: Request) -> HttpResponse:
    """Who fits; whoever is on the list is noted as listed. Asked by POST alone."""
    require(request.user, "foreigners.list_persons")
    form = SearchForm(request.POST if request.method == "POST" else None)
    found, token = None, ""
    if request.method == "POST" and form.is_valid():
        found, token = search_persons(by=request.user, **form.cleaned_data)
    return render(
        request,
        "foreigners/person_search.html",
        {"form": form, "found": found, "token": token},
        status=422 if form.errors else 200,
    )
