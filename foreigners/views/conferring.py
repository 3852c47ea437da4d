from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require, tell_unsaved
from foreigners.forms.conferring import (
    CancelForm,
    CloseForm,
    ConferenceForm,
    PositionForm,
)
from foreigners.http import visible_case
from foreigners.models import Conference
from foreigners.services.conferring import (
    cancel_conference,
    close_conference,
    convene,
    freeze_again,
    materials_are_stale,
    state_position,
)
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def conference_new(request: Request, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "foreigners.convene_conference", case)
    form = ConferenceForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            convened = convene(case, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Gelar kasus disiapkan; bahan dikunci."))
            return go_to(request, convened.get_absolute_url())
    return render(
        request,
        "foreigners/conference_form.html",
        {"case": case, "form": form},
        status=422 if form.errors else 200,
    )


@require_GET
def conference(request: Request, pk: int) -> HttpResponse:
    return show(request, _conference(request, pk))


@require_POST
def conference_position(request: Request, pk: int) -> HttpResponse:
    found = _conference(request, pk)
    require(request.user, "foreigners.state_position", found)
    form = PositionForm(request.POST)
    if form.is_valid():
        try:
            state_position(found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Pendapat Anda tercatat."))
            return go_to(request, found.get_absolute_url())
    return show(request, found, position_form=form, status=422)


@require_POST
def conference_close(request: Request, pk: int) -> HttpResponse:
    found = _conference(request, pk)
    require(request.user, "foreigners.lead_conference", found)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return show(request, found, close_form=form, status=422)
    try:
        close_conference(found, by=request.user, **form.cleaned_data)
    except DomainError as error:
        form.add_error(None, str(error))
        return show(request, _conference(request, pk), close_form=form, status=409)
    messages.success(request, _("Gelar kasus ditutup; berita acaranya sedang dicetak."))
    return go_to(request, found.case.get_absolute_url())


@require_POST
def conference_freeze(request: Request, pk: int) -> HttpResponse:
    found = _conference(request, pk)
    require(request.user, "foreigners.lead_conference", found)
    try:
        freeze_again(found, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Bahan dikunci lagi; pendapat diminta ulang."))
    return go_to(request, found.get_absolute_url())


@require_POST
def conference_cancel(request: Request, pk: int) -> HttpResponse:
    found = _conference(request, pk)
    require(request.user, "foreigners.lead_conference", found)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return show(request, found, cancel_form=form, status=422)
    try:
        cancel_conference(found, by=request.user, **form.cleaned_data)
    except DomainError as error:
        tell_unsaved(request, error, form)
    else:
        messages.success(request, _("Gelar kasus dibatalkan."))
    return go_to(request, found.case.get_absolute_url())


def _conference(request: Request, pk: int) -> Conference:
    conferences = Conference.objects.visible_to(request.user).select_related(
        "case__office", "chair", "version__document"
    )
    found: Conference = get_object_or_404(
        conferences.prefetch_related("positions__member"), pk=pk
    )
    return found


def show(
    request: Request,
    conference: Conference,
    *,
    position_form: PositionForm | None = None,
    close_form: CloseForm | None = None,
    cancel_form: CancelForm | None = None,
    status: int = 200,
) -> HttpResponse:
    positions = list(conference.positions.all())
    mine = next((row for row in positions if row.member_id == request.user.pk), None)
    return render(
        request,
        "foreigners/conference_detail.html",
        {
            "conference": conference,
            "case": conference.case,
            "positions": positions,
            "mine": mine,
            "stated": sum(1 for row in positions if row.outcome),
            "is_stale": conference.is_open and materials_are_stale(conference),
            "is_chair": conference.chair_id == request.user.pk,
            "position_form": position_form
            or PositionForm(
                initial={"outcome": mine.outcome, "reason": mine.reason} if mine else {}
            ),
            "close_form": close_form
            or CloseForm(initial={"revision": conference.revision}),
            "cancel_form": cancel_form or CancelForm(),
        },
        status=status,
    )
