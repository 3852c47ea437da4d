from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require, tell_unsaved
from documents.http import send_upload
from foreigners.forms.custody import (
    EvidenceForm,
    HandOverForm,
    LetGoForm,
    RefuseForm,
)
from foreigners.http import visible_case
from foreigners.models import Custody, Evidence, Reading
from foreigners.services.custody import (
    confirm_custody,
    hand_over,
    let_go,
    refuse_custody,
    take_evidence,
)
from foreigners.services.disclosing import note_reading
from foreigners.services.evidence_card import is_outdated, issue_card
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def evidence_new(request: Request, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "foreigners.take_evidence", case)
    form = EvidenceForm(request.POST or None, request.FILES or None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_evidence(case, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Barang bukti diterima; tanda terima dicetak."))
            return go_to(request, taken.get_absolute_url())
    return render(
        request,
        "foreigners/evidence_form.html",
        {"case": case, "form": form},
        status=422 if form.errors else 200,
    )


@require_GET
def evidence(request: Request, pk: int) -> HttpResponse:
    """The evidence passport: what, from whom, in whose hands since, gaps included."""
    return show(request, _evidence(request, pk))


@require_POST
def evidence_hand_over(request: Request, pk: int) -> HttpResponse:
    found = _evidence(request, pk)
    require(request.user, "foreigners.handle_evidence", found)
    form = HandOverForm(request.POST, case=found.case, giver=request.user)
    if form.is_valid():
        try:
            hand_over(found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Menunggu konfirmasi penerima."))
            return go_to(request, found.get_absolute_url())
    return show(request, found, hand_over_form=form, status=422)


@require_POST
def evidence_let_go(request: Request, pk: int) -> HttpResponse:
    found = _evidence(request, pk)
    require(request.user, "foreigners.handle_evidence", found)
    form = LetGoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            let_go(found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Tercatat; barang bukti tidak lagi disimpan."))
            return go_to(request, found.get_absolute_url())
    return show(request, found, let_go_form=form, status=422)


@require_POST
def custody_answer(request: Request, pk: int, act: str) -> HttpResponse:
    """The taker confirms, or refuses with a reason."""
    if act not in {"terima", "tolak"}:
        raise Http404
    custody = get_object_or_404(
        Custody.objects.filter(
            evidence__in=Evidence.objects.visible_to(request.user)
        ).select_related("evidence__case"),
        pk=pk,
    )
    require(request.user, "foreigners.handle_evidence", custody.evidence)
    form = RefuseForm(request.POST)
    if act == "tolak" and not form.is_valid():
        return show(
            request,
            _evidence(request, custody.evidence_id),
            refuse_form=form,
            status=422,
        )
    try:
        if act == "terima":
            confirm_custody(custody, by=request.user)
        else:
            refuse_custody(custody, reason=form.cleaned_data["reason"], by=request.user)
    except DomainError as error:
        tell_unsaved(request, error, form)
    else:
        messages.success(request, _("Jawaban Anda tercatat."))
    return go_to(request, custody.evidence.get_absolute_url())


@require_GET
def evidence_file(request: Request, pk: int) -> HttpResponseBase:
    """The file exactly as it came in, to keep; a download is a reading of the case."""
    found = _evidence(request, pk)
    if found.upload is None:
        raise Http404
    note_reading(
        request.user,
        Reading.Verb.DOWNLOADED,
        office_id=found.case.office_id,
        case=found.case,
        fields=["evidence"],
        sha256=found.sha256,
    )
    return send_upload(found.upload)


@require_POST
def evidence_card(request: Request, pk: int) -> HttpResponse:
    """The printable card as the thing stands now; the worker draws it."""
    found = _evidence(request, pk)
    require(request.user, "foreigners.handle_evidence", found)
    issue_card(found, by=request.user)
    messages.success(request, _("Kartu barang bukti disiapkan."))
    return go_to(request, found.get_absolute_url())


def _evidence(request: Request, pk: int) -> Evidence:
    rows = Evidence.objects.visible_to(request.user).select_related(
        "case__office", "holder", "received_by", "upload", "receipt__document", "card"
    )
    found: Evidence = get_object_or_404(
        rows.prefetch_related("custody__giver", "custody__taker"), pk=pk
    )
    return found


def show(
    request: Request,
    evidence: Evidence,
    *,
    hand_over_form: HandOverForm | None = None,
    let_go_form: LetGoForm | None = None,
    refuse_form: RefuseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    chain = [{"row": row, "is_gap": row.is_gap(now)} for row in evidence.custody.all()]
    return render(
        request,
        "foreigners/evidence_detail.html",
        {
            "evidence": evidence,
            "case": evidence.case,
            "chain": chain,
            "card": evidence.card.current if evidence.card else None,
            "is_outdated": is_outdated(evidence),
            "waits_for_me": next(
                (
                    row
                    for row in evidence.custody.all()
                    if row.is_open and row.taker_id == request.user.pk
                ),
                None,
            ),
            "holds": evidence.holder_id == request.user.pk
            and evidence.state == Evidence.State.KEPT
            and not any(row.is_open for row in evidence.custody.all()),
            "hand_over_form": hand_over_form
            or HandOverForm(case=evidence.case, giver=request.user),
            "let_go_form": let_go_form or LetGoForm(),
            "refuse_form": refuse_form or RefuseForm(),
        },
        status=status,
    )
