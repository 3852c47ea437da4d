from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from agencies.services.audit import record
from documents.http import send_version
from foreigners.forms.referring import (
    AcceptReferralForm,
    AnswerReasonForm,
    ReferralForm,
)
from foreigners.http import visible_case
from foreigners.models import Referral
from foreigners.services.referring import (
    accept_referral,
    refer_case,
    refuse_referral,
    revoke_referral,
)
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def referral_new(request: Request, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "foreigners.refer_case", case)
    form = ReferralForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            refer_case(case, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("Pelimpahan terkirim. Lanjutkan langkah Limpahkan pada kasus."),
            )
            return go_to(request, case.get_absolute_url())
    return render(
        request,
        "foreigners/referral_form.html",
        {"case": case, "form": form},
        status=422 if form.errors else 200,
    )


@require_GET
def referrals(request: Request) -> HttpResponse:
    """What was referred to the liaison's agency, or by the office."""
    require(request.user, "foreigners.list_referrals")
    rows = (
        Referral.objects.visible_to(request.user)
        .select_related("case__office__agency", "agency")
        .order_by("-pk")
    )
    page = Paginator(rows, 25).get_page(request.GET.get("halaman"))
    return render(request, "foreigners/referral_list.html", {"page": page})


@require_GET
def referral(request: Request, pk: int) -> HttpResponse:
    return show(request, _referral(request, pk))


@require_POST
def referral_answer(request: Request, pk: int, act: str) -> HttpResponse:
    """The agency accepts or refuses; the office may take it back before that."""
    found = _referral(request, pk)
    if act not in {"terima", "tolak", "tarik"}:
        raise Http404
    require(
        request.user,
        "foreigners.revoke_referral"
        if act == "tarik"
        else "foreigners.answer_referral",
        found,
    )
    form: AcceptReferralForm | AnswerReasonForm
    form = (AcceptReferralForm if act == "terima" else AnswerReasonForm)(request.POST)
    if not form.is_valid():
        return show(request, found, form=form, act=act, status=422)
    services: dict[str, Any] = {
        "terima": accept_referral,
        "tolak": refuse_referral,
        "tarik": revoke_referral,
    }
    try:
        services[act](found, by=request.user, **form.cleaned_data)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Jawaban tercatat."))
    if act == "tarik":
        return go_to(request, found.case.get_absolute_url())
    return go_to(request, found.get_absolute_url())


@require_GET
def referral_paper(request: Request, pk: int) -> HttpResponseBase:
    """The letter: for the office, and for the agency once it has accepted."""
    found = _referral(request, pk)
    if request.user.is_liaison and not found.shows_content:
        raise Http404
    if found.version is None or not found.version.is_final:
        raise Http404
    record(
        request.user,
        "foreigners.download_referral",
        found.case,
        office_id=found.case.office_id,
        referral=found.pk,
        sha256=found.version.latest_sha256,
    )
    return send_version(found.version)


def _referral(request: Request, pk: int) -> Referral:
    found: Referral = get_object_or_404(
        Referral.objects.visible_to(request.user).select_related(
            "case__office__agency", "agency", "version__document", "answered_by"
        ),
        pk=pk,
    )
    return found


def show(
    request: Request,
    referral: Referral,
    *,
    form: AcceptReferralForm | AnswerReasonForm | None = None,
    act: str = "",
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "foreigners/referral_detail.html",
        {
            "referral": referral,
            "accept_form": form if act == "terima" else AcceptReferralForm(),
            "reason_form": form if act in {"tolak", "tarik"} else AnswerReasonForm(),
            "reads": referral.shows_content or not request.user.is_liaison,
        },
        status=status,
    )
