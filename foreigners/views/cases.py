from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.http import Request, require
from foreigners.forms.cases import CaseFilter, CaseListFilter, SaveFilterForm
from foreigners.http import case_or_404
from foreigners.models import Case
from foreigners.services.filters import keep_filter
from foreigners.views.casepage import show_case
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial

LIST = "foreigners:cases"


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
            "saved": request.user.saved_filters.filter(view=LIST) if reads else (),
            "save_form": SaveFilterForm(initial={"query": kept_query(request.GET)}),
        },
    )


def kept_query(query: QueryDict) -> str:
    """What belongs to the filter and is set; pages and foreign names fall away."""
    kept = QueryDict(mutable=True)
    for name in CaseFilter.base_filters:
        if value := query.get(name):
            kept[name] = value
    return kept.urlencode()


@require_POST
def save_filter(request: Request) -> HttpResponse:
    require(request.user, "foreigners.list_cases")
    form = SaveFilterForm(request.POST)
    query = kept_query(QueryDict(request.POST.get("query", "")))
    back = f"{reverse(LIST)}?{query}"
    if not form.is_valid():
        messages.error(request, _("Tulis nama saringan, paling panjang 60 huruf."))
        return go_to(request, back)
    try:
        keep_filter(
            user=request.user, name=form.cleaned_data["name"], view=LIST, query=query
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saringan tersimpan."))
    return go_to(request, back)


@require_POST
def delete_filter(request: Request, pk: int) -> HttpResponse:
    get_object_or_404(request.user.saved_filters, pk=pk).delete()
    messages.success(request, _("Saringan dihapus."))
    return go_to(request, reverse(LIST))


@require_GET
def case(request: Request, pk: int) -> HttpResponse:
    shown = case_or_404(request, pk)
    require(request.user, "foreigners.read_case", shown)
    return show_case(request, shown)
