from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agencies.http import Request, require
from foreigners.forms.cases import CaseFilter, CaseListFilter
from foreigners.http import case_or_404
from foreigners.models import Case
from foreigners.views.casepage import PARTS, show_case, show_part
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
            "today": request.user.agency.office.today,
            "saved": saved_of(request, "kasus") if reads else None,
        },
    )


@require_GET
def case(request: Request, pk: int) -> HttpResponse:
    shown = case_or_404(request, pk)
    require(request.user, "foreigners.read_case", shown)
    return show_case(request, shown)


@require_GET
def case_part(request: Request, pk: int, part: str) -> HttpResponse:
    shown = case_or_404(request, pk)
    require(request.user, "foreigners.read_case", shown)
    if part not in PARTS:
        raise Http404
    return show_part(request, shown, PARTS[part])
