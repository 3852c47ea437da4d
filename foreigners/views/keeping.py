"""Adding to and correcting what is known of a person, one page for every kind of row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies.http import Request, require
from foreigners.forms.documents import DocumentFacts, DocumentForm
from foreigners.forms.keeping import (
    GuaranteeFacts,
    GuaranteeForm,
    OtherNameForm,
    PermitFacts,
    PermitForm,
    StatementForm,
    ToCaseForm,
)
from foreigners.models import Foreigner, Reading, TravelDocument
from foreigners.services.casefile import add_person
from foreigners.services.disclosing import note_reading
from foreigners.services.identifying import PersonChanged
from foreigners.services.keeping import (
    add_document,
    add_guarantee,
    add_name,
    add_permit,
    add_statement,
    correct_row,
    others_with,
)
from foreigners.views.identifying import texts_of, visible_person
from timpora.errors import DomainError
from timpora.htmx import go_to


@dataclass(frozen=True)
class Kind:
    """A kind of row: how it is added, and how corrected if it may be."""

    title: str | Promise
    form: Any
    add: Callable[..., Any]
    related: str = ""
    facts: Any = None


KINDS = {
    "nama": Kind(lazy("Nama lain"), OtherNameForm, add_name),
    "dokumen": Kind(
        lazy("Dokumen perjalanan"),
        DocumentForm,
        add_document,
        "travel_documents",
        DocumentFacts,
    ),
    "izin": Kind(
        lazy("Izin tinggal"), PermitForm, add_permit, "stay_permits", PermitFacts
    ),
    "keterangan": Kind(lazy("Keterangan instansi"), StatementForm, add_statement),
    "penjamin": Kind(
        lazy("Penjamin"), GuaranteeForm, add_guarantee, "guarantees", GuaranteeFacts
    ),
}


@never_cache
@require_http_methods(["GET", "POST"])
def person_add(request: Request, pk: int, what: str) -> HttpResponse:
    known = visible_person(request, pk)
    require(request.user, "foreigners.edit_person", known)
    kind = kind_called(what)
    form = kind.form(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            row = kind.add(known, by=request.user, **form.values())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Tersimpan."))
            if isinstance(row, TravelDocument):
                point_out_others(request, row)
            return go_to(request, known.get_absolute_url())
    return render(
        request,
        "foreigners/person_row.html",
        {"person": known, "form": form, "kind": kind, "is_new": True},
        status=422 if form.errors else 200,
    )


def kind_called(what: str) -> Kind:
    try:
        return KINDS[what]
    except KeyError as error:
        raise Http404 from error


def point_out_others(request: Request, document: TravelDocument) -> None:
    for other in others_with(document, request.user):
        messages.warning(
            request,
            _("Dokumen ini tercatat juga pada %s. Bandingkan keduanya.") % other,
        )


@never_cache
@require_http_methods(["GET", "POST"])
def person_correct(request: Request, pk: int, what: str, row_pk: int) -> HttpResponse:
    """Correct one row; 409 with both texts if the person was changed since."""
    known = visible_person(request, pk)
    require(request.user, "foreigners.edit_person", known)
    kind = kind_called(what)
    if kind.facts is None:
        raise Http404
    row = get_object_or_404(getattr(known, kind.related), pk=row_pk)
    form = kind.facts(
        request.POST or None, user=request.user, initial=values_of(row, kind.facts)
    )
    revision, status, theirs = known.revision, 422 if form.errors else 200, None
    if request.method == "POST" and form.is_valid():
        try:
            correct_row(
                known,
                row,
                revision=revision_in(request),
                by=request.user,
                **form.values(),
            )
        except PersonChanged as error:
            form.add_error(None, str(error))
            row.refresh_from_db()
            theirs, status = texts_of(row, form), 409
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return go_to(request, known.get_absolute_url())
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=known.office_id,
        foreigners=[known],
        fields=[kind.related],
    )
    return render(
        request,
        "foreigners/person_row.html",
        {
            "person": known,
            "form": form,
            "kind": kind,
            "revision": revision,
            "theirs": theirs,
        },
        status=status,
    )


def revision_in(request: Request) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def values_of(row: Any, form: Any) -> dict[str, Any]:
    names = form.base_fields
    fields = {name: row._meta.get_field(name) for name in names}
    return {name: field.value_from_object(row) for name, field in fields.items()}


@never_cache
@require_http_methods(["GET", "POST"])
def person_to_case(request: Request, pk: int) -> HttpResponse:
    known: Foreigner = visible_person(request, pk)
    require(request.user, "foreigners.edit_person", known)
    form = ToCaseForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        case = form.cleaned_data["case"]
        try:
            add_person(case, known, by=request.user, role=form.cleaned_data["role"])
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Dicatat dalam kasus %s.") % case)
            return go_to(request, known.get_absolute_url())
    return render(
        request,
        "foreigners/person_to_case.html",
        {"person": known, "form": form},
        status=422 if form.errors else 200,
    )
