from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from agencies.services.audit import record
from documents.http import send_file
from reports.exports import Exportable, FigurePage, taken_out
from reports.forms.exporting import ExportForm
from reports.models import Export
from reports.services.exporting import (
    MOST_ROWS,
    cancel_export,
    count_rows,
    kept_query,
    request_export,
)
from reports.services.sheets import MIMES
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial


@require_GET
def exports(request: Request) -> HttpResponse:
    """What one took out oneself, and how far the newest is."""
    own = Export.objects.visible_to(request.user)
    page = Paginator(own, 25).get_page(request.GET.get("halaman"))
    return render(
        request,
        page_or_partial(request, "reports/export_list.html", "rows"),
        {
            "page": page,
            "rows": [(row, taken_out(row.kind)) for row in page],
            "is_waiting": any(row.is_waiting for row in page),
        },
    )


@require_http_methods(["GET", "POST"])
def export_new(request: Request, kind: str) -> HttpResponse:
    """How the file of a page should look; its filter comes with the address."""
    what = taken_out(kind)
    if what is None:
        raise Http404
    require(request.user, what.permission)
    asked = request.POST.get("query", "") if request.POST else request.GET.urlencode()
    query = kept_query(asked)[:2000]
    form = ExportForm(request.POST or None, what=what, initial={"query": query})
    if request.method == "POST" and form.is_valid():
        try:
            made = request_export(
                kind=kind,
                query=query,
                form=form.cleaned_data["form"],
                reason=form.cleaned_data.get("reason", ""),
                key=form.cleaned_data["key"],
                by=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return go_to(request, made.get_absolute_url())
    return show_form(request, kind, what, query, form)


def show_form(
    request: Request,
    kind: str,
    what: Exportable | FigurePage,
    query: str,
    form: ExportForm,
) -> HttpResponse:
    return render(
        request,
        "reports/export_form.html",
        {
            "kind": kind,
            "what": what,
            "back": f"{reverse(what.page)}?{query}" if query else reverse(what.page),
            "is_filtered": bool(query),
            "count": count_rows(kind, request.user, query)
            if isinstance(what, Exportable)
            else None,
            "most": MOST_ROWS,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def own_export(request: Request, pk: int) -> Export:
    return get_object_or_404(Export.objects.visible_to(request.user), pk=pk)


@require_GET
def export(request: Request, pk: int) -> HttpResponse:
    """One file: how far it is, and then where it lies and how long."""
    shown = own_export(request, pk)
    return render(
        request,
        page_or_partial(request, "reports/export_detail.html", "state"),
        {"export": shown, "what": taken_out(shown.kind)},
    )


@require_POST
def export_cancel(request: Request, pk: int) -> HttpResponse:
    shown = own_export(request, pk)
    try:
        cancel_export(shown, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Ekspor dibatalkan."))
    return go_to(request, shown.get_absolute_url())


@require_GET
def export_file(request: Request, pk: int) -> HttpResponseBase:
    """The file that exists, to its owner alone, as long as they may see its list."""
    shown = own_export(request, pk)
    what = taken_out(shown.kind)
    if what is None or not shown.is_ready:
        raise Http404
    require(request.user, what.permission)
    record(
        request.user,
        "reports.download_export",
        shown,
        office_id=shown.office_id,
        sha256=shown.sha256,
    )
    return send_file(
        shown.file,
        mime=MIMES[shown.format],
        name=shown.file_name,
        sha256=shown.sha256,
        inline=False,
    )
