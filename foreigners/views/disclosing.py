from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from agencies.models import Office
from agencies.services.audit import record
from foreigners.forms.disclosing import PersonNumberForm, ReadingFilter, UnmaskForm
from foreigners.models import Foreigner, Reading
from foreigners.services.disclosing import (
    note_reading,
    unmask_document,
    unmask_permit,
)
from foreigners.views.identifying import visible_person
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial

UNMASK: dict[str, tuple[str, Callable[..., str]]] = {
    "dokumen": ("travel_documents", unmask_document),
    "izin": ("stay_permits", unmask_permit),
}


@never_cache
@require_POST
def unmask(request: Request, pk: int, what: str, row_pk: int) -> HttpResponse:
    """Show one number once, for a purpose and a reason that the log keeps."""
    known = visible_person(request, pk)
    require(request.user, "foreigners.unmask_person", known)
    if what not in UNMASK:
        raise Http404
    related, disclose = UNMASK[what]
    row: Any = get_object_or_404(
        getattr(known, related).select_related("foreigner"), pk=row_pk
    )
    form = UnmaskForm(request.POST)
    number = ""
    if form.is_valid():
        try:
            number = disclose(row, **form.cleaned_data, by=request.user)
        except DomainError as error:
            form.add_error("reason", str(error))
    return render(
        request,
        page_or_partial(request, "foreigners/person_number.html", "number"),
        {"person": known, "row": row, "what": what, "form": form, "number": number},
        status=422 if form.errors else 200,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def access_log(request: Request) -> HttpResponse:
    """Who looked at whom in the office, by number; a number leads to one person's log."""
    require(request.user, "foreigners.read_access_log")
    form = PersonNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = Foreigner.objects.logged_for(request.user)
        if wanted.filter(pk=form.cleaned_data["oa"]).exists():
            return go_to(
                request,
                reverse("foreigners:person_access", args=[form.cleaned_data["oa"]]),
            )
        form.add_error("oa", _("Tidak ada orang bernomor ini di kantor Anda."))
    office = get_object_or_404(Office, pk=request.user.office_id)
    record(request.user, "foreigners.read_access_log", office, office_id=office.pk)
    return show_readings(
        request,
        Reading.objects.visible_to(request.user),
        {"form": form},
        status=422 if form.errors else 200,
    )


@never_cache
@require_GET
def person_access(request: Request, pk: int) -> HttpResponse:
    """Who looked at one person, when, why and at what; this reading is one of them."""
    known = get_object_or_404(Foreigner.objects.logged_for(request.user), pk=pk)
    require(request.user, "foreigners.read_access_log")
    note_reading(
        request.user,
        Reading.Verb.LOG,
        office_id=known.office_id,
        foreigners=[known],
    )
    readings = Reading.objects.visible_to(request.user).filter(foreigner=known)
    return show_readings(request, readings, {"person": known})


def show_readings(
    request: Request,
    readings: QuerySet[Reading],
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    found = ReadingFilter(
        request.GET, readings.select_related("reader__agency"), request=request
    )
    page = Paginator(found.qs, 50).get_page(request.GET.get("halaman"))
    if request.GET and not found.is_valid():
        messages.error(request, _("Saringan ini tidak dapat dibaca."))
    return render(
        request,
        "foreigners/access_log.html",
        {"filter": found, "page": page, **context},
        status=status,
    )
