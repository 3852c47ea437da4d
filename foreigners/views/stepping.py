from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from foreigners.forms.stepping import StepForm
from foreigners.http import case_or_404
from foreigners.models import Case, Reading
from foreigners.services.attempt import Attempt
from foreigners.services.disclosing import note_reading
from foreigners.services.receipts import digest_of, receipt_of
from foreigners.services.stepping import WRONG_ROLE, StepRefused, take_step
from foreigners.services.transitions import TRANSITIONS, Transition
from timpora.htmx import go_to

CONFLICT = 409


@require_http_methods(["GET", "POST"])
def step(request: Request, pk: int, action: str) -> HttpResponse:
    """The receipt first, then the confirmation of exactly that receipt."""
    case = case_or_404(request, pk)
    require(request.user, "foreigners.work_case", case)
    if action not in TRANSITIONS:
        raise Http404
    row = TRANSITIONS[action]
    if request.method == "GET":
        status = 200 if case.state in row.sources else CONFLICT
        return show_step(request, case, row, status=status)
    form = StepForm(request.POST, row=row)
    if not form.is_valid():
        return show_step(request, case, row, form=form, status=422)
    try:
        take_step(
            case,
            action,
            by=request.user,
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            shown=form.cleaned_data["shown"],
        )
    except StepRefused as refusal:
        if refusal.code == WRONG_ROLE:
            raise PermissionDenied(refusal.code) from refusal
        case.refresh_from_db()
        return show_step(request, case, row, refusal=refusal, status=CONFLICT)
    return after_step(request, case, row)


def after_step(request: Request, case: Case, row: Transition) -> HttpResponse:
    if case.is_sealed:
        messages.success(
            request,
            _("%s: tidak terbukti. Kasus disegel dan keluar dari semua daftar.") % case,
        )
        return go_to(request, reverse("foreigners:cases"))
    messages.success(
        request,
        _("“%(step)s” tercatat. Status sekarang: %(state)s.")
        % {"step": row.title, "state": case.get_state_display()},
    )
    return go_to(request, case.get_absolute_url())


def show_step(
    request: Request,
    case: Case,
    row: Transition,
    *,
    form: StepForm | None = None,
    refusal: StepRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The receipt as it stands now; after a refusal with the reason that was typed."""
    attempt = Attempt(case, on=case.office.today, by=request.user)
    receipt = receipt_of(row, attempt)
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=case.office_id,
        foreigners=[person.foreigner for person in attempt.persons],
        case=case,
        fields=["receipt"],
    )
    typed = {"reason": request.POST.get("reason", "")} if refusal else {}
    read = {"revision": case.revision, "shown": digest_of(receipt)}
    return render(
        request,
        "foreigners/case_step.html",
        {
            "case": case,
            "row": row,
            "receipt": receipt,
            "form": form or StepForm(row=row, initial=typed | read),
            "refusal": refusal,
            "is_mine": request.user.role in row.roles,
            "is_possible": case.state in row.sources,
        },
        status=status,
    )


@require_GET
def receipt(request: Request, pk: int, event_pk: int) -> HttpResponse:
    """A kept receipt as it is printed: by whom and when stands on it and in the log."""
    case = case_or_404(request, pk)
    require(request.user, "foreigners.read_case", case)
    event = get_object_or_404(case.events.select_related("by", "ground"), pk=event_pk)
    persons = case.persons.select_related("foreigner")
    note_reading(
        request.user,
        Reading.Verb.PRINTED,
        office_id=case.office_id,
        foreigners=[person.foreigner for person in persons],
        case=case,
        fields=["receipt"],
        sha256=event.receipt_sha256,
    )
    return render(
        request,
        "foreigners/case_receipt.html",
        {
            "case": case,
            "event": event,
            "receipt": event.receipt,
            "is_whole": digest_of(event.receipt) == event.receipt_sha256,
            "printed_at": timezone.now(),
        },
    )
