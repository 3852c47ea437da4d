from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require, typed_over
from agencies.models import Office
from reports.forms.recaps import CorrectionForm, FreezeForm, NarrativeForm, RecapForm
from reports.models import Recap, Table
from reports.queries.behind import open_cell
from reports.queries.catalogue import tables_of
from reports.queries.crosstab import ALL
from reports.services.comparing import differences
from reports.services.recap_papers import publish, unfinished
from reports.services.recaps import (
    RecapChanged,
    RecapExists,
    RecapFrozen,
    RecapOutdated,
    changes_since,
    correct_recap,
    freeze,
    open_recap,
    queue,
    recompute,
    stop_computing,
    write_narrative,
)
from reports.views.screen import screen_of
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial

CONFLICTS = (RecapChanged, RecapExists, RecapFrozen, RecapOutdated)


def recap_or_404(request: Request, pk: int) -> Recap:
    recaps = Recap.objects.visible_to(request.user).select_related(
        "office__agency", "district", "document", "published", "frozen_by"
    )
    return get_object_or_404(recaps, pk=pk)


@require_GET
def recaps(request: Request) -> HttpResponse:
    require(request.user, "reports.open_recap")
    found = Recap.objects.visible_to(request.user).for_list()
    page = Paginator(found, 30).get_page(request.GET.get("halaman"))
    return render(request, "reports/recap_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def recap_new(request: Request) -> HttpResponse:
    """Choose a period; its draft is computed while the next page says how far it is."""
    require(request.user, "reports.open_recap")
    offices = Office.objects.select_related("agency")
    office = get_object_or_404(offices, pk=request.user.office_id)
    form = RecapForm(request.POST or None, office=office)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            recap = open_recap(
                office,
                form.chosen(),
                by=request.user,
                district=form.cleaned_data["district"],
                level=form.cleaned_data["level"],
            )
        except DomainError as error:
            form.add_error(None, str(error))
            status = 409 if isinstance(error, CONFLICTS) else 422
        else:
            return go_to(request, recap.get_absolute_url())
    return render(request, "reports/recap_form.html", {"form": form}, status=status)


@require_GET
def recap(request: Request, pk: int) -> HttpResponse:
    """The tables as they stand; while they are computed, how far that is."""
    return show(request, recap_or_404(request, pk))


def show(request: Request, shown: Recap, *, status: int = 200) -> HttpResponse:
    others = Recap.objects.visible_to(request.user).filter(
        kind=shown.kind, district=shown.district_id, level=shown.level
    )
    return render(
        request,
        page_or_partial(request, "reports/recap_detail.html", "state"),
        {
            "recap": shown,
            "tables": [screen_of(shown, table) for table in shown.tables],
            "tables_in_all": len(tables_of(shown)),
            "unfinished": unfinished(shown),
            "corrections": shown.corrections.select_related("by", "version"),
            "others": others.exclude(pk=shown.pk).for_list()[:12],
            "freeze_form": FreezeForm(initial={"revision": shown.revision}),
        },
        status=status,
    )


@require_GET
def recap_papers(request: Request, pk: int) -> HttpResponse:
    """How far the papers of a recap are, for its page; the figures stay where they are."""
    shown = get_object_or_404(Recap.objects.visible_to(request.user).for_list(), pk=pk)
    return render(
        request,
        "reports/recap_papers.html",
        {"recap": shown, "unfinished": unfinished(shown)},
    )


@require_GET
def cell(request: Request, pk: int, code: str) -> HttpResponse:
    """The rows behind one cell, for those who may see them; a total opens as well."""
    shown = recap_or_404(request, pk)
    table = shown.figures.get(code)
    if table is None:
        raise Http404
    opened = open_cell(
        shown,
        Table.from_json(table),
        row=request.GET.get("baris", ALL),
        column=request.GET.get("kolom", ALL),
        user=request.user,
    )
    if opened is None:
        raise Http404
    return render(request, "reports/recap_cell.html", {"recap": shown, "cell": opened})


@require_POST
def recap_compute(request: Request, pk: int) -> HttpResponse:
    shown = recap_or_404(request, pk)
    require(request.user, "reports.edit_recap", shown)
    try:
        recompute(shown, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return show(request, shown, status=409)
    return go_to(request, shown.get_absolute_url())


@require_POST
def recap_stop(request: Request, pk: int) -> HttpResponse:
    shown = recap_or_404(request, pk)
    require(request.user, "reports.edit_recap", shown)
    stop_computing(shown)
    messages.success(request, _("Penghitungan dihentikan. Angka sebelumnya tetap ada."))
    return go_to(request, shown.get_absolute_url())


@require_http_methods(["GET", "POST"])
def recap_narrative(request: Request, pk: int) -> HttpResponse:
    shown = recap_or_404(request, pk)
    require(request.user, "reports.edit_recap", shown)
    form = NarrativeForm(
        request.POST or None,
        texts=shown.texts,
        initial={"revision": shown.revision},
    )
    status, stored = (422 if form.is_bound else 200), []
    if form.is_bound and form.is_valid():
        try:
            write_narrative(
                shown,
                texts=form.texts(),
                revision=form.cleaned_data["revision"],
                by=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
            shown = recap_or_404(request, pk)
            form.data = typed_over(request, revision=shown.revision)
            fields = form.visible_fields()
            stored = [(field.label, shown.texts[field.name]) for field in fields]
            status = 409
        else:
            messages.success(request, _("Narasi tersimpan."))
            return go_to(request, shown.get_absolute_url())
    return render(
        request,
        "reports/recap_narrative.html",
        {"recap": shown, "form": form, "stored": stored},
        status=status,
    )


@require_POST
def recap_freeze(request: Request, pk: int) -> HttpResponse:
    """Freeze what was read; if the data moved on, the draft is computed anew first."""
    shown = recap_or_404(request, pk)
    require(request.user, "reports.freeze_recap", shown)
    form = FreezeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Buka rekap ini lagi, lalu bekukan dari halamannya."))
        return show(request, shown, status=422)
    try:
        freeze(shown, revision=form.cleaned_data["revision"], by=request.user)
    except DomainError as error:
        if isinstance(error, RecapOutdated):
            queue(shown)
        messages.error(request, str(error))
        status = 409 if isinstance(error, CONFLICTS) else 422
        return show(request, recap_or_404(request, pk), status=status)
    messages.success(request, _("Rekap dibekukan dan diberi nomor."))
    return go_to(request, shown.get_absolute_url())


@require_http_methods(["GET", "POST"])
def recap_correct(request: Request, pk: int) -> HttpResponse:
    """What changed since it was frozen; with a reason it becomes the next version."""
    shown = recap_or_404(request, pk)
    require(request.user, "reports.freeze_recap", shown)
    form = CorrectionForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            correct_recap(shown, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Koreksi dicatat; versi baru sedang dibuat."))
            return go_to(request, shown.get_absolute_url())
    context: dict[str, Any] = {"recap": shown, "form": form}
    if shown.is_frozen:
        context["changes"] = changes_since(shown)
    return render(request, "reports/recap_correct.html", context, status=status)


@require_POST
def recap_publish(request: Request, pk: int) -> HttpResponse:
    shown = recap_or_404(request, pk)
    require(request.user, "reports.freeze_recap", shown)
    try:
        publish(shown, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return show(request, shown, status=409)
    messages.success(request, _("Edisi publik sedang dibuat."))
    return go_to(request, shown.get_absolute_url())


@require_GET
def recap_compare(request: Request, pk: int, other: int) -> HttpResponse:
    """Two recaps of the same kind side by side, the earlier one first."""
    one, two = recap_or_404(request, pk), recap_or_404(request, other)
    before, after = sorted((one, two), key=lambda each: (each.starts_on, each.pk))
    return render(
        request,
        "reports/recap_compare.html",
        {
            "before": before,
            "after": after,
            "changes": differences(before.tables, after.tables),
        },
    )
