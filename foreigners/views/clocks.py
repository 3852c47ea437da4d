from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.http import Request, require
from foreigners.forms.clocks import ClockFilter, ExtendForm, PauseForm, ResumeForm
from foreigners.models import Clock
from foreigners.queries.clocks import grouped, open_clocks
from foreigners.services.extending import extend, pause, resume
from foreigners.views.filtering import saved_of
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial


@require_GET
def clocks(request: Request) -> HttpResponse:
    """What runs out next, for the whole office or for one officer's cases."""
    require(request.user, "foreigners.list_clocks")
    chosen = ClockFilter(request.GET, user=request.user)
    responsible = chosen.cleaned_data.get("petugas") if chosen.is_valid() else None
    found = open_clocks(request.user, responsible=responsible)
    page = Paginator(found, 50).get_page(request.GET.get("halaman"))
    return render(
        request,
        page_or_partial(request, "foreigners/clock_list.html", "rows"),
        {
            "filter": chosen,
            "page": page,
            "saved": saved_of(request, "tenggat"),
            "groups": grouped(page, today=timezone.localdate()),
            "today": timezone.localdate(),
        },
    )


def clock_or_404(request: Request, pk: int) -> Clock:
    return get_object_or_404(
        Clock.objects.visible_to(request.user).select_related(
            "rule", "case__office", "case__responsible", "measure__kind"
        ),
        pk=pk,
    )


@require_GET
def clock(request: Request, pk: int) -> HttpResponse:
    """One clock with its derivation, what it stood still and how it was extended."""
    return show_clock(request, clock_or_404(request, pk))


def show_clock(
    request: Request,
    shown: Clock,
    bound: forms.Form | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    today = {"on": timezone.localdate()}
    kinds = {"pause": PauseForm, "resume": ResumeForm, "extend": ExtendForm}
    acts = {
        name: bound if isinstance(bound, kind) else kind(initial=today, prefix=name)
        for name, kind in kinds.items()
    }
    return render(
        request,
        "foreigners/clock.html",
        {
            "clock": shown,
            "pauses": shown.pauses.select_related("by"),
            "extensions": shown.extensions.select_related("by"),
            "shifts": shown.shifts.select_related("by"),
            "is_open": shown.ended_on is None,
            "may_extend_more": shown.extensions.count() < shown.rule.most_extensions,
            "today": timezone.localdate(),
            **acts,
        },
        status=status,
    )


@require_POST
def clock_pause(request: Request, pk: int) -> HttpResponse:
    return act_on_clock(
        request, pk, "foreigners.hold_clock", PauseForm(request.POST, prefix="pause"),
        pause, _("Tenggat dijeda."),
    )  # fmt: skip


@require_POST
def clock_resume(request: Request, pk: int) -> HttpResponse:
    return act_on_clock(
        request, pk, "foreigners.hold_clock", ResumeForm(request.POST, prefix="resume"),
        resume, _("Tenggat berjalan lagi."),
    )  # fmt: skip


@require_POST
def clock_extend(request: Request, pk: int) -> HttpResponse:
    return act_on_clock(
        request, pk, "foreigners.extend_clock", ExtendForm(request.POST, prefix="extend"),
        extend, _("Tenggat diperpanjang."),
    )  # fmt: skip


def act_on_clock(
    request: Request,
    pk: int,
    permission: str,
    form: forms.Form,
    act: Callable[..., Any],
    done: str,
) -> HttpResponse:
    """One act with its form: 422 for what was typed wrong, 409 for what the rule or
    somebody else refused."""
    shown = clock_or_404(request, pk)
    require(request.user, permission, shown.case)
    if not form.is_valid():
        return show_clock(request, shown, form, status=422)
    try:
        act(shown, **form.cleaned_data, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return show_clock(request, shown, form, status=409)
    messages.success(request, done)
    return go_to(request, reverse("foreigners:clock", args=[pk]))
