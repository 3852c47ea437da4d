from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agencies.http import Request, require
from foreigners.forms.cases import CaseFilter, CaseListFilter
from foreigners.http import case_or_404
from foreigners.models import Case
from foreigners.services.casefile import today_of
from foreigners.views.casepage import show_case
from foreigners.views.filtering import saved_of
from timpora.htmx import page_or_partial


@require_GET
def cases(request: Request) -> HttpResponse:
    """The office's cases; for the auditor that they exist, in which state, since when."""
    require(request.user, "foreigners.list_cases")
    reads = request.user.works_on_content
    listed = Case.objects.listed_for(request.user)
    found = (
        CaseFilter(request.GET, listed.for_list(), request=request)
        if reads
        else CaseListFilter(request.GET, listed, request=request)
    )
    page = Paginator(found.qs, 25).get_page(request.GET.get("halaman"))
    return render(
        request,
        page_or_partial(request, "foreigners/case_list.html", "rows"),
        {
            "filter": found,
            "page": page,
            "reads": reads,
            "today": today_of_viewer(request),
            "saved": saved_of(request, "kasus") if reads else None,
        },
    )


def today_of_viewer(request: Request) -> Any:
    return today_of(request.user.agency.office)


@require_GET
def case(request: Request, pk: int) -> HttpResponse:
    shown = case_or_404(request, pk)
    require(request.user, "foreigners.read_case", shown)
    return show_case(request, shown)
