from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from documents.http import send_upload
from documents.models import Upload
from foreigners.forms.prosecuting import (
    ProsecutionForm,
    SpdpForm,
    StageForm,
    WarningForm,
)
from foreigners.http import visible_case
from foreigners.models import Case, Prosecution
from foreigners.services.prosecuting import (
    advance_stage,
    open_prosecution,
    record_spdp,
)
from foreigners.services.warning import warn
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def prosecution_new(request: Request, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "foreigners.open_prosecution", case)
    form = ProsecutionForm(request.POST or None, case=case)
    return _take(
        request,
        case,
        form,
        title=_("Buka penyidikan"),
        service=lambda: open_prosecution(case, by=request.user, **form.cleaned_data),
    )


@require_http_methods(["GET", "POST"])
def warning_new(request: Request, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "foreigners.warn", case)
    form = WarningForm(request.POST or None, request.FILES or None)
    return _take(
        request,
        case,
        form,
        title=_("Catat teguran atau perbaikan"),
        service=lambda: warn(case, by=request.user, **form.cleaned_data),
    )


def _take(
    request: Request,
    case: Case,
    form: forms.Form,
    *,
    title: str,
    service: Callable[[], Any],
) -> HttpResponse:
    """One short form about a case: shown, refused with what was typed, or done."""
    if request.method == "POST" and form.is_valid():
        try:
            service()
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Tersimpan."))
            return go_to(request, case.get_absolute_url())
    return render(
        request,
        "foreigners/case_form.html",
        {"case": case, "form": form, "title": title},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def prosecution_act(request: Request, pk: int, act: str) -> HttpResponse:
    """The SPDP, or the next stage."""
    found = get_object_or_404(
        Prosecution.objects.visible_to(request.user).select_related("case__office"),
        pk=pk,
    )
    require(request.user, "foreigners.run_prosecution", found)
    choices: dict[str, tuple[type[forms.Form], Any, str]] = {
        "spdp": (SpdpForm, record_spdp, _("Catat SPDP")),
        "tahap": (StageForm, advance_stage, _("Catat tahap")),
    }
    if act not in choices:
        raise Http404
    form_class, service, title = choices[act]
    form = form_class(request.POST or None, request.FILES or None)
    return _take(
        request,
        found.case,
        form,
        title=title,
        service=lambda: service(found, by=request.user, **form.cleaned_data),
    )


@require_GET
def case_proof(request: Request, pk: int, upload_pk: int) -> HttpResponseBase:
    """A proof that stands behind a prosecution's stage, the SPDP or a warning."""
    case = visible_case(request, pk)
    require(request.user, "foreigners.take_evidence", case)
    mine = Upload.objects.filter(
        pk__in=[
            *case.warnings.values_list("proof", flat=True),
            *case.prosecutions.values_list("spdp_proof", flat=True),
            *case.prosecutions.values_list("stages__proof", flat=True),
        ]
    )
    return send_upload(get_object_or_404(mine, pk=upload_pk))
