from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require, typed_over
from foreigners.forms.disclosing import UnmaskForm
from foreigners.forms.identifying import (
    IdentityForm,
    PersonFilter,
    Registration,
    from_zone,
    identity_values,
)
from foreigners.forms.judging import UndoMergeForm
from foreigners.forms.searching import SearchForm
from foreigners.models import Foreigner, Reading
from foreigners.mrz import parse
from foreigners.mrz_lines import MrzUnreadable
from foreigners.queries.persons import page_of
from foreigners.services.disclosing import note_reading
from foreigners.services.identifying import (
    DocumentKnown,
    LooksLikeOthers,
    PersonChanged,
    edit_person,
    register_person,
)
from foreigners.services.searching import SearchFirst, read_token
from foreigners.views.filtering import saved_of
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial

# What an open page shows of a person; the numbers stay masked.
PAGE = ("identity", "documents", "permits", "statements", "guarantees", "cases")


@require_GET
def persons(request: Request) -> HttpResponse:
    require(request.user, "foreigners.list_persons")
    found = PersonFilter(
        request.GET,
        Foreigner.objects.visible_to(request.user).for_list(),
        request=request,
    )
    page = Paginator(found.qs, 25).get_page(request.GET.get("halaman"))
    return render(
        request,
        page_or_partial(request, "foreigners/person_list.html", "rows"),
        {
            "filter": found,
            "page": page,
            "search": SearchForm(),
            "saved": saved_of(request, "orang-asing"),
        },
    )


@never_cache
@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    """One person; a record that went into another leads there."""
    merged = Foreigner.objects.merged_for(request.user).filter(pk=pk).first()
    if merged is not None:
        messages.info(request, _("%s sudah digabungkan ke catatan ini.") % merged)
        return go_to(
            request, reverse("foreigners:person", args=[merged.merged_into_id])
        )
    known = visible_person(request, pk)
    return show_person(request, known)


def visible_person(request: Request, pk: int) -> Foreigner:
    return get_object_or_404(
        Foreigner.objects.visible_to(request.user).select_related("nationality"), pk=pk
    )


def show_person(
    request: Request, known: Foreigner, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page with everything that the reader may see; opening it is noted."""
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=known.office_id,
        foreigners=[known],
        fields=PAGE,
    )
    context = page_of(known, request.user, on=timezone.localdate())
    return render(
        request,
        "foreigners/person_detail.html",
        {
            "person": known,
            "unmask_form": UnmaskForm(),
            "undo_form": UndoMergeForm(),
            **context,
            **more,
        },
        status=status,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def person_new(request: Request) -> HttpResponse:
    """A new person, after a search: opened empty, filled from an MRZ, or saved."""
    require(request.user, "foreigners.register_person")
    token = request.POST.get("token", "")
    try:
        read_token(token, by=request.user)
    except SearchFirst as error:
        if request.method == "GET":
            return go_to(request, reverse("foreigners:person_search"))
        return search_first(request, error)
    if request.POST.get("act") == "save":
        return save_new(request, token)
    if "zone" in request.POST:
        return fill_from_zone(request, token)
    initial = {
        name: request.POST.get(name, "")[:100] for name in ("name", "birth_year")
    }
    return registration_page(
        request, Registration(user=request.user, initial=initial), token
    )


def search_first(request: Request, error: SearchFirst) -> HttpResponse:
    messages.error(request, str(error))
    return render(
        request,
        "foreigners/person_search.html",
        {"form": SearchForm(), "found": None, "token": ""},
        status=422,
    )


def registration_page(
    request: Request, forms: Registration, token: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    zone = forms.document.zone
    context = {
        "forms": forms,
        "token": token,
        "zone": zone,
        "zone_text": "\n".join(zone.lines) if zone else "",
    }
    return render(
        request, "foreigners/person_new.html", {**context, **more}, status=status
    )


def fill_from_zone(request: Request, token: str) -> HttpResponse:
    """What the MRZ says goes into the forms; what it cannot say is left to the eye."""
    # The look-alike that somebody took comes as a whole zone.
    text = request.POST.get("offer") or request.POST["zone"]
    try:
        zone = parse(text)
    except MrzUnreadable as error:
        return registration_page(
            request,
            Registration(user=request.user),
            token,
            status=422,
            zone_text=text[:1000],
            unreadable=str(error),
        )
    identity, document = from_zone(zone, timezone.localdate())
    forms = Registration(user=request.user, initial=identity, document=document)
    forms.document.zone = zone
    return registration_page(request, forms, token)


def save_new(request: Request, token: str) -> HttpResponse:
    forms = Registration(request.POST, user=request.user)
    if not forms.is_valid():
        return registration_page(request, forms, token, status=422)
    try:
        made = register_person(token=token, by=request.user, **forms.values())
    except DocumentKnown as error:
        forms.document.add_error("number", str(error))
        return registration_page(request, forms, token, status=422, known=error.person)
    except LooksLikeOthers as error:
        note_reading(
            request.user,
            Reading.Verb.LISTED,
            office_id=error.candidates[0].person.office_id,
            foreigners=[one.person for one in error.candidates],
            fields=["name", "number", "year"],
        )
        return registration_page(
            request,
            forms,
            error.token,
            status=409,
            unseen=error.candidates,
            sentence=str(error),
        )
    except DomainError as error:
        forms.identity.add_error(None, str(error))
        return registration_page(request, forms, token, status=422)
    messages.success(request, _("%s terdaftar.") % made)
    warn_of_documents(request, made)
    return go_to(request, made.get_absolute_url())


def warn_of_documents(request: Request, known: Foreigner) -> None:
    """An expired document or a wrong digit is a warning: it blocks nothing by itself."""
    for document in known.travel_documents.all():
        if document.has_expired_on(timezone.localdate()):
            messages.warning(request, _("Dokumen perjalanannya sudah habis berlaku."))
        if document.mrz_faults:
            messages.warning(
                request, _("Digit pemeriksa MRZ dokumennya tercatat tidak cocok.")
            )


@never_cache
@require_http_methods(["GET", "POST"])
def person_edit(request: Request, pk: int) -> HttpResponse:
    known = visible_person(request, pk)
    require(request.user, "foreigners.edit_person", known)
    form = IdentityForm(request.POST or None, initial=identity_values(known))
    status, theirs = (422 if form.errors else 200), None
    if request.method == "POST" and form.is_valid():
        try:
            edit_person(
                known,
                revision=form.cleaned_data["revision"],
                identity=form.values(),
                by=request.user,
            )
        except PersonChanged as error:
            form.add_error(None, str(error))
            theirs, status = the_other_text(known, request, form), 409
        except DomainError as error:
            form.add_error(None, str(error))
            status = 422
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return go_to(request, known.get_absolute_url())
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=known.office_id,
        foreigners=[known],
        fields=["identity"],
    )
    return render(
        request,
        "foreigners/person_edit.html",
        {"form": form, "person": known, "theirs": theirs},
        status=status,
    )


def the_other_text(
    known: Foreigner, request: Request, form: IdentityForm
) -> list[tuple[Any, str]]:
    """What somebody else saved, to compare; saving again then replaces theirs."""
    fresh = Foreigner.objects.select_related("nationality").get(pk=known.pk)
    form.data = typed_over(request, revision=fresh.revision)
    return texts_of(fresh, form)


def texts_of(row: Any, form: Form) -> list[tuple[Any, str]]:
    """Label and text of each field as ``row`` has it."""
    texts = []
    for field in form.visible_fields():
        display = getattr(row, f"get_{field.name}_display", None)
        value = display() if display else getattr(row, field.name)
        texts.append((field.label, "" if value is None else str(value)))
    return texts
