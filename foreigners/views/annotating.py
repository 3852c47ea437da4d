from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.http import Request, require
from foreigners.forms.annotating import HoldForm, NoteForm
from foreigners.http import case_or_404
from foreigners.services.annotating import add_note
from foreigners.services.holding import end_hold, start_hold
from foreigners.views.casepage import FILE, show_part
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_POST
def note_add(request: Request, pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    require(request.user, "foreigners.work_case", case)
    form = NoteForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_note(case, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Catatan tersimpan."))
            return go_to(request, case.get_absolute_url())
    return show_part(request, case, FILE, refused={"note": form}, status=422)


@require_POST
def hold_start(request: Request, pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    require(request.user, "foreigners.work_case", case)
    form = HoldForm(request.POST)
    if form.is_valid():
        try:
            start_hold(case, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Penantian tercatat."))
            return go_to(request, case.get_absolute_url())
    return show_part(request, case, FILE, refused={"hold": form}, status=422)


@require_POST
def hold_end(request: Request, pk: int, hold_pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    require(request.user, "foreigners.work_case", case)
    hold = get_object_or_404(case.holds.select_related("case"), pk=hold_pk)
    try:
        end_hold(hold, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Penantian diakhiri."))
    return go_to(request, case.get_absolute_url())
