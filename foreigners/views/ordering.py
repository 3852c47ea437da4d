from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from foreigners.forms.ordering import OrderForm, ResultForm
from foreigners.http import visible_case
from foreigners.models import Order
from foreigners.services.ordering import (
    ResultRecorded,
    approve_exception,
    draft_order,
    issue_order,
    record_result,
    standing_of,
)
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def order_new(request: Request, pk: int) -> HttpResponse:
    """Order a field check, or ask to approve an exception."""
    case = visible_case(request, pk)
    require(request.user, "foreigners.draft_order", case)
    form = OrderForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            order = draft_order(case, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Konsep tersimpan dan menunggu persetujuan."))
            return go_to(request, reverse("foreigners:order", args=[order.pk]))
    return render(
        request,
        "foreigners/order_form.html",
        {"case": case, "form": form},
        status=422 if form.errors else 200,
    )


@require_GET
def order(request: Request, pk: int) -> HttpResponse:
    return show(request, _order(request, pk), ResultForm())


@require_POST
def order_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Approve an exception or sign the order."""
    acts = {
        "setujui": (
            "foreigners.approve_exception",
            approve_exception,
            _(
                "Pengecualian disetujui. Surat perintah menyusul paling lambat satu hari."
            ),
        ),
        "terbitkan": (
            "foreigners.issue_order",
            issue_order,
            _("Surat perintah terbit dan sedang dicetak."),
        ),
    }
    if act not in acts:
        raise Http404
    found = _order(request, pk)
    permission, service, done = acts[act]
    require(request.user, permission, found)
    try:
        service(found, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return go_to(request, reverse("foreigners:order", args=[found.pk]))


@require_POST
def order_result(request: Request, pk: int) -> HttpResponse:
    found = _order(request, pk)
    require(request.user, "foreigners.record_result", found)
    form = ResultForm(request.POST)
    if form.is_valid():
        try:
            record_result(found, by=request.user, **form.cleaned_data)
        except ResultRecorded as error:
            form.add_error(None, str(error))
            return show(request, _order(request, pk), form, status=409)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Hasil pemeriksaan tercatat."))
            return go_to(request, found.case.get_absolute_url())
    return show(request, found, form, status=422)


def _order(request: Request, pk: int) -> Order:
    orders = Order.objects.visible_to(request.user).select_related(
        "case__office", "approver", "signed_by", "version__document", "result_by"
    )
    found: Order = get_object_or_404(
        orders.prefetch_related("officers", "clocks__rule"), pk=pk
    )
    return found


def show(
    request: Request, order: Order, form: ResultForm, *, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "foreigners/order_detail.html",
        {
            "order": order,
            "case": order.case,
            "standing": standing_of(order),
            "form": form,
        },
        status=status,
    )
