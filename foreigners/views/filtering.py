"""Filters that somebody keeps under a name, for every list of the case file alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.http import Request, require
from foreigners.forms.cases import CaseFilter
from foreigners.forms.clocks import ClockFilter
from foreigners.forms.filtering import SaveFilterForm
from foreigners.forms.findings import FindingFilter
from foreigners.forms.identifying import PersonFilter
from foreigners.services.filters import keep_filter
from timpora.errors import DomainError
from timpora.htmx import go_to


@dataclass(frozen=True)
class FilteredList:
    """``view`` names the list's address, ``fields`` what of its query is kept."""

    view: str
    permission: str
    fields: Iterable[str]


LISTS = {
    "kasus": FilteredList(
        "foreigners:cases", "foreigners.list_cases", CaseFilter.base_filters
    ),
    # What was searched for may be a person's name: it is not kept.
    "temuan": FilteredList(
        "foreigners:findings",
        "foreigners.list_findings",
        tuple(name for name in FindingFilter.base_filters if name != "q"),
    ),
    "orang-asing": FilteredList(
        "foreigners:persons", "foreigners.list_persons", PersonFilter.base_filters
    ),
    "tenggat": FilteredList(
        "foreigners:clocks", "foreigners.list_clocks", ClockFilter.base_fields
    ),
}


def saved_of(request: Request, slug: str) -> dict[str, Any]:
    """What a list shows of its filters: the person's own, and the form for the next."""
    listed = LISTS[slug]
    return {
        "slug": slug,
        "url": reverse(listed.view),
        "rows": request.user.saved_filters.filter(view=listed.view),
        "form": SaveFilterForm(initial={"query": kept_query(listed, request.GET)}),
    }


def kept_query(listed: FilteredList, query: QueryDict) -> str:
    """What belongs to the filter and is set; pages and foreign names fall away."""
    kept = QueryDict(mutable=True)
    for name in listed.fields:
        if value := query.get(name):
            kept[name] = value
    return kept.urlencode()


@require_POST
def save_filter(request: Request, slug: str) -> HttpResponse:
    if slug not in LISTS:
        raise Http404
    listed = LISTS[slug]
    require(request.user, listed.permission)
    form = SaveFilterForm(request.POST)
    query = kept_query(listed, QueryDict(request.POST.get("query", "")))
    back = f"{reverse(listed.view)}?{query}"
    if not form.is_valid():
        messages.error(request, _("Tulis nama saringan, paling panjang 60 huruf."))
        return go_to(request, back)
    try:
        keep_filter(
            user=request.user,
            name=form.cleaned_data["name"],
            view=listed.view,
            query=query,
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saringan tersimpan."))
    return go_to(request, back)


@require_POST
def delete_filter(request: Request, pk: int) -> HttpResponse:
    kept = get_object_or_404(request.user.saved_filters, pk=pk)
    kept.delete()
    messages.success(request, _("Saringan dihapus."))
    return go_to(request, reverse(kept.view))
