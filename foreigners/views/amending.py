from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request, require, typed_over
from foreigners.forms.amending import (
    AddPersonForm,
    AssignForm,
    CaseForm,
    ClassifyForm,
    FindPersonForm,
    RemoveViolationForm,
    ViolationForm,
)
from foreigners.http import case_or_404
from foreigners.models import Case, Foreigner, Reading
from foreigners.queries.identity import with_exact_number
from foreigners.services.amending import (
    CaseChanged,
    add_violation,
    assign_case,
    classify_case,
    edit_case,
    remove_violation,
)
from foreigners.services.casefile import add_person
from foreigners.services.disclosing import note_reading
from foreigners.views.casepage import show_case
from timpora.errors import DomainError
from timpora.htmx import go_to

CONFLICT = 409


@require_http_methods(["GET", "POST"])
def case_edit(request: Request, pk: int) -> HttpResponse:
    """The words of the case; 409 with both texts if somebody changed it first."""
    case = case_or_404(request, pk)
    require(request.user, "foreigners.work_case", case)
    form = CaseForm(
        request.POST or None, user=request.user, case=case, initial=words_of(case)
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_case(case, by=request.user, **form.cleaned_data)
        except CaseChanged as error:
            case = case_or_404(request, pk)
            typed = typed_over(request, revision=case.revision)
            form = CaseForm(typed, user=request.user, case=case)
            return show_conflict(request, case, error, form=form)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Perubahan kasus tersimpan."))
            return go_to(request, case.get_absolute_url())
    return show_edit(request, case, form=form, status=422 if form.errors else 200)


def words_of(case: Case) -> dict[str, Any]:
    return {
        "title": case.title,
        "summary": case.summary,
        "region": case.region_id,
        "revision": case.revision,
    }


def show_conflict(
    request: Request, case: Case, error: CaseChanged, **forms: Any
) -> HttpResponse:
    """What was typed stays in its form, beside what is stored now."""
    return show_edit(
        request, case, theirs=case, refusal=str(error), status=CONFLICT, **forms
    )


def show_edit(
    request: Request, case: Case, *, status: int, **shown: Any
) -> HttpResponse:
    """The three forms of the page; ``shown`` holds the one that was refused."""
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=case.office_id,
        case=case,
        fields=["case"],
    )
    chosen = {
        "responsible": case.responsible_id,
        "assigned": case.assigned.all(),
        "revision": case.revision,
    }
    return render(
        request,
        "foreigners/case_edit.html",
        {
            "case": case,
            "form": CaseForm(user=request.user, case=case, initial=words_of(case)),
            "classify_form": ClassifyForm(
                initial={
                    "classification": case.classification,
                    "revision": case.revision,
                }
            ),
            "assign_form": AssignForm(user=request.user, initial=chosen),
            **shown,
        },
        status=status,
    )


@require_POST
def case_classify(request: Request, pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    require(request.user, "foreigners.work_case", case)
    form = ClassifyForm(request.POST)
    if not form.is_valid():
        return show_edit(request, case, classify_form=form, status=422)
    try:
        classify_case(case, by=request.user, **form.cleaned_data)
    except CaseChanged as error:
        case = case_or_404(request, pk)
        form = ClassifyForm(typed_over(request, revision=case.revision))
        return show_conflict(request, case, error, classify_form=form)
    messages.success(request, _("Klasifikasi diubah."))
    # Whoever raised it to rahasia may have closed it to themselves.
    if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return go_to(request, reverse("foreigners:cases"))
    return go_to(request, case.get_absolute_url())


@require_POST
def case_assign(request: Request, pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    require(request.user, "foreigners.assign_case", case)
    form = AssignForm(request.POST, user=request.user)
    if not form.is_valid():
        return show_edit(request, case, assign_form=form, status=422)
    try:
        assign_case(case, by=request.user, **form.cleaned_data)
    except CaseChanged as error:
        case = case_or_404(request, pk)
        form = AssignForm(
            typed_over(request, revision=case.revision), user=request.user
        )
        return show_conflict(request, case, error, assign_form=form)
    messages.success(request, _("Penugasan tersimpan."))
    return go_to(request, case.get_absolute_url())


@require_POST
def case_add_violation(request: Request, pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    require(request.user, "foreigners.work_case", case)
    form = ViolationForm(request.POST, case=case)
    if form.is_valid():
        try:
            add_violation(case, form.cleaned_data["violation"], by=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Dugaan pelanggaran ditambahkan."))
            return go_to(request, case.get_absolute_url())
    return show_case(request, case, refused={"violation": form}, status=422)


@require_POST
def case_remove_violation(request: Request, pk: int, row_pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    require(request.user, "foreigners.work_case", case)
    row = get_object_or_404(
        case.violations.select_related("case", "violation"), pk=row_pk
    )
    form = RemoveViolationForm(request.POST)
    if form.is_valid():
        try:
            remove_violation(row, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Dugaan pelanggaran dihapus."))
            return go_to(request, case.get_absolute_url())
    return show_case(request, case, refused={"remove": form}, status=422)


@require_http_methods(["GET", "POST"])
def case_find_person(request: Request, pk: int) -> HttpResponse:
    """Search first: candidates by an exact number, each one POST from the case."""
    case = case_or_404(request, pk)
    require(request.user, "foreigners.work_case", case)
    form = FindPersonForm(request.POST or None)
    found: list[Foreigner] | None = None
    if request.method == "POST" and form.is_valid():
        found = list(with_exact_number(form.cleaned_data["number"], user=request.user))
        note_reading(
            request.user,
            Reading.Verb.LISTED,
            office_id=case.office_id,
            foreigners=found,
            case=case,
            fields=["number"],
        )
    status = 422 if form.errors else 200
    return show_search(request, case, form=form, found=found, status=status)


def show_search(
    request: Request,
    case: Case,
    *,
    form: FindPersonForm,
    found: list[Foreigner] | None,
    status: int,
) -> HttpResponse:
    return render(
        request,
        "foreigners/case_find_person.html",
        {"case": case, "form": form, "found": found, "add_form": AddPersonForm()},
        status=status,
    )


@require_POST
def case_add_person(request: Request, pk: int) -> HttpResponse:
    """Bring a person of the office into the case, as the search showed them."""
    case = case_or_404(request, pk)
    require(request.user, "foreigners.work_case", case)
    form = AddPersonForm(request.POST)
    if not form.is_valid():
        return show_search(request, case, form=FindPersonForm(), found=None, status=422)
    foreigner = get_object_or_404(
        Foreigner.objects.visible_to(request.user), pk=form.cleaned_data["foreigner"]
    )
    try:
        add_person(case, foreigner, by=request.user, role=form.cleaned_data["role"])
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%s masuk ke kasus ini.") % foreigner)
    return go_to(request, case.get_absolute_url())
