import datetime as dt
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.forms.masters import MasterForm, OfficeForm
from agencies.http import Request, require, typed_over
from agencies.masters import MASTERS, OFFICE_REGISTER, Keep, Master, Register
from agencies.models import Logo, Office, User
from agencies.queries.overview import gaps_of
from agencies.services.audit import record
from agencies.services.free_days import keep_office
from agencies.services.masters import RowChanged, RowInUse, fingerprint, keep_row
from timpora.dates import long_date
from timpora.errors import DomainError
from timpora.htmx import go_to


def master_called(register: Register, kind: str) -> Master:
    try:
        return register.masters[kind]
    except KeyError as error:
        raise Http404 from error


def row_of(master: Master, request: Request, pk: str) -> Any:
    """The row, if the user's office keeps it; a key that is none is as good as foreign."""
    try:
        return get_object_or_404(master.rows(request.user), pk=pk)
    except ValueError as error:
        raise Http404 from error


@require_GET
def overview(request: Request) -> HttpResponse:
    """What the administrator keeps, and what is missing."""
    require(request.user, "agencies.manage_masters")
    return render(
        request,
        "agencies/overview.html",
        {
            "masters": MASTERS.items(),
            "gaps": gaps_of(request.user.office_id),
        },
    )


@require_GET
def master_list(request: Request, kind: str) -> HttpResponse:
    return show_rows(request, OFFICE_REGISTER, kind)


@require_http_methods(["GET", "POST"])
def master_edit(request: Request, kind: str, pk: str = "") -> HttpResponse:
    return show_row(request, OFFICE_REGISTER, kind, pk)


def show_rows(request: Request, register: Register, kind: str) -> HttpResponse:
    """The list of one kind of a register, searched by ``?q=``."""
    require(request.user, register.permission)
    master = master_called(register, kind)
    rows = master.rows(request.user)
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    if text:
        wanted = Q()
        for lookup in master.search:
            wanted |= Q(**{lookup: text})
        rows = rows.filter(wanted).distinct()
    page = Paginator(rows, 25).get_page(request.GET.get("halaman"))
    return render(
        request,
        "agencies/master_list.html",
        {
            "register": register,
            "master": master,
            "new_url": reverse(f"{register.urls}_new", args=[kind]),
            "page": page,
            "rows": [line_of(row, kind, master, register) for row in page],
            "text": text,
        },
    )


def line_of(row: Any, kind: str, master: Master, register: Register) -> dict[str, Any]:
    """A row of the list: where it is edited, what it shows, its badge."""
    return {
        "url": reverse(f"{register.urls}_edit", args=[kind, row.pk]),
        "cells": cells_of(row, master),
        "mark": mark_of(row, master),
    }


def cells_of(row: Any, master: Master) -> list[tuple[Any, Any]]:
    cells = []
    for heading, name in master.columns:
        value = getattr(row, name)
        value = value() if callable(value) else value
        cells.append(
            (heading, long_date(value) if isinstance(value, dt.date) else value)
        )
    return cells


def mark_of(row: Any, master: Master) -> tuple[str, str] | None:
    """The value and the words of the choice that the list shows as a badge."""
    if not master.mark:
        return None
    return getattr(row, master.mark), getattr(row, f"get_{master.mark}_display")()


def related_of(row: Any, master: Master, user: User) -> list[dict[str, Any]]:
    """What belongs to a row, kind by kind: a team's decrees, an agency's earlier names."""
    found = []
    for kind, field in master.related:
        other = MASTERS[kind]
        columns = tuple(column for column in other.columns if column[1] != field)
        narrow = replace(other, columns=columns)
        rows = other.rows(user).filter(**{field: row})
        found.append(
            {
                "kind": kind,
                "master": narrow,
                "rows": [line_of(each, kind, narrow, OFFICE_REGISTER) for each in rows],
                "add": f"{reverse('agencies:master_new', args=[kind])}?{field}={row.pk}",
            }
        )
    return found


def show_row(
    request: Request, register: Register, kind: str, pk: str = ""
) -> HttpResponse:
    """One row: a new one without ``pk``; 409 with both texts if somebody saved first."""
    require(request.user, register.permission)
    master = master_called(register, kind)
    if pk:
        row = row_of(master, request, pk)
    elif master.may_add:
        row = new_row(master, request)
    else:
        raise Http404
    is_fixed = bool(pk) and master.is_fixed(row)
    return edit_row(
        request,
        row,
        master.form,
        back=reverse(f"{register.urls}_list", args=[kind]),
        keep=master.keep,
        open_fields=master.open_fields if is_fixed else None,
        context={
            "kind": kind,
            "master": master,
            "title": master.title,
            "is_fixed": is_fixed,
            "mark": mark_of(row, master) if pk else None,
            "successor_url": reverse(f"{register.urls}_new", args=[kind])
            + f"?dari={row.pk}"
            if pk and master.has_successors
            else "",
            "related": related_of(row, master, request.user) if pk else [],
        },
    )


def new_row(master: Master, request: Request) -> Any:
    """An empty row of the office, or with ``?dari=`` one that starts as another stands."""
    model = master.form._meta.model
    owner = {master.owner: request.user.office_id} if master.owner else {}
    if master.has_successors and (pk := request.GET.get("dari")):
        before = row_of(master, request, pk)
        owner |= {
            model._meta.get_field(name).attname: getattr(
                before, model._meta.get_field(name).attname
            )
            for name in master.form.names()
            if name not in {"valid_from", "valid_to"}
        }
    return model(**owner)


def edit_row(
    request: Request,
    row: Any,
    form_class: type[MasterForm],
    *,
    back: str,
    context: dict[str, Any],
    keep: Keep = keep_row,
    open_fields: tuple[str, ...] | None = None,
) -> HttpResponse:
    """The form of one row, its saving, and what to answer when somebody was faster.

    With ``open_fields`` the others are shown and cannot be changed.
    """
    names = form_class.names()
    is_new = row._state.adding
    seen = "" if is_new else fingerprint(row, names)
    form = form_class(
        request.POST or None,
        request.FILES or None,
        instance=row,
        user=request.user,
        # A link "add a decree of this team" names the team in its address.
        initial={**{n: request.GET[n] for n in names if n in request.GET}, "seen": seen}
        if is_new
        else {"seen": seen},
    )
    if open_fields is not None:
        form.close_all_but(open_fields)
    status, theirs = (422 if form.is_bound else 200), None
    if form.is_bound and form.is_valid():
        try:
            news = save_form(form, request, keep)
        except RowInUse as error:
            form.add_error(None, str(error))
            status = 409
        except RowChanged as error:
            form.add_error(None, str(error))
            fresh = type(row)._default_manager.get(pk=row.pk)
            theirs, status = texts_of(fresh, form), 409
            form.data = typed_over(request, seen=fingerprint(fresh, names))
        else:
            messages.success(request, f"{_('Tersimpan.')} {news}".strip())
            return go_to(request, back)
    return render(
        request,
        "agencies/master_form.html",
        {**context, "form": form, "back": back, "theirs": theirs, "is_new": is_new},
        status=status,
    )


def texts_of(row: Any, form: MasterForm) -> list[tuple[Any, str]]:
    """Label and text of each field as it stands in the table now."""
    texts = []
    for name in form.names():
        display = getattr(row, f"get_{name}_display", None)
        value = display() if display else getattr(row, name)
        if row._meta.get_field(name).many_to_many:
            value = ", ".join(map(str, value.all()))
        texts.append((form.fields[name].label, "" if value is None else str(value)))
    return texts


@transaction.atomic
def save_form(form: MasterForm, request: Request, keep: Keep) -> str:
    """Answers what else has changed by it, or nothing."""
    row = form.instance
    news = keep(
        row,
        values=form.row_values(),
        seen=form.cleaned_data["seen"],
        by=request.user,
    )
    if isinstance(row, Office) and form.cleaned_data["logo_file"]:
        logo = Logo.objects.create(png=form.cleaned_data["logo_file"])
        Office.objects.filter(pk=row.pk).update(logo=logo)
        record(
            request.user, "masters.logo", row, office_id=row.pk, after={"logo": logo.pk}
        )
    return news or ""


@require_POST
def master_remove(request: Request, kind: str, pk: str) -> HttpResponse:
    require(request.user, "agencies.manage_masters")
    master = master_called(OFFICE_REGISTER, kind)
    if not master.may_remove:
        raise Http404
    row = row_of(master, request, pk)
    try:
        news = master.remove(row, by=request.user)
    except (ProtectedError, DomainError):
        messages.error(request, _("Data ini masih dipakai dan tidak dapat dihapus."))
    else:
        messages.success(request, f"{_('Dihapus.')} {news or ''}".strip())
    return go_to(request, reverse("agencies:master_list", args=[kind]))


@require_http_methods(["GET", "POST"])
def office(request: Request) -> HttpResponse:
    """Letterhead, zone, area and house rules of the administrator's own office."""
    require(request.user, "agencies.manage_masters")
    own = get_object_or_404(Office, pk=request.user.office_id)
    return edit_row(
        request,
        own,
        OfficeForm,
        back=reverse("agencies:overview"),
        keep=keep_office,
        context={"title": _("Kelola"), "master": None, "logo": own.logo_id},
    )


@require_GET
def logo(request: Request) -> HttpResponse:
    """The emblem as it is printed on the office's papers."""
    require(request.user, "agencies.manage_masters")
    offices = Office.objects.filter(pk=request.user.office_id)
    own = get_object_or_404(Logo, pk__in=offices.values("logo"))
    return HttpResponse(bytes(own.png), content_type="image/png")
