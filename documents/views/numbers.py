from django.contrib import messages
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require, tell_unsaved
from documents.forms.numbers import PatternForm, VoidForm
from documents.models import NumberPattern, TakenNumber
from documents.services.numbering import keep_pattern, void_number, written
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def patterns(request: Request) -> HttpResponse:
    """How the office numbers each kind of paper."""
    require(request.user, "agencies.manage_masters")
    kept = NumberPattern.objects.filter(office=request.user.office_id)
    chosen = kept.filter(kind=request.GET.get("jenis", "")).first()
    form = PatternForm(
        request.POST or None,
        initial=model_to_dict(chosen) if chosen else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            keep_pattern(
                office_id=request.user.office_id, by=request.user, **form.cleaned_data
            )
        except DomainError as error:
            form.add_error("pattern", str(error))
        else:
            messages.success(request, _("Pola nomor tersimpan."))
            return go_to(request, request.path)
    return render(
        request,
        "documents/patterns.html",
        {
            "form": form,
            "patterns": [
                (pattern, example_of(pattern))
                for pattern in kept.select_related("office")
            ],
        },
        status=422 if form.errors else 200,
    )


def example_of(pattern: NumberPattern) -> str:
    """The first number of this year."""
    return written(
        pattern, unit=pattern.office.unit_code, serial=1, on=timezone.localdate()
    )


@require_GET
def numbers(request: Request) -> HttpResponse:
    """The register: every number that was taken, used or void."""
    require(request.user, "documents.see_numbers")
    taken = (
        TakenNumber.objects.filter(register__office=request.user.office_id)
        .select_related("register", "document")
        .order_by("-register__year", "register__kind", "-serial")
    )
    page = Paginator(taken, 50).get_page(request.GET.get("halaman"))
    return render(
        request, "documents/numbers.html", {"page": page, "void_form": VoidForm()}
    )


@require_POST
def void(request: Request, pk: int) -> HttpResponse:
    require(request.user, "documents.void_number")
    number = get_object_or_404(
        TakenNumber.objects.filter(
            register__office=request.user.office_id
        ).select_related("register"),
        pk=pk,
    )
    form = VoidForm(request.POST)
    if not form.is_valid():
        tell_unsaved(request, _("Tulis alasan pembatalan nomor."), form)
    else:
        try:
            void_number(number, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as error:
            tell_unsaved(request, error, form)
        else:
            messages.success(request, _("Nomor dibatalkan dan tetap tercatat."))
    return go_to(request, reverse("documents:numbers"))
