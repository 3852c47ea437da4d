from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.http import Request, require, tell_unsaved, typed_over
from foreigners.forms.triage import (
    AcceptForm,
    DecisionForm,
    GroundForm,
    JoinForm,
    LinkForm,
    OutsideForm,
    ReferForm,
    ReturnForm,
)
from foreigners.models import Case, Finding
from foreigners.queries.doubles import doubles_at_triage
from foreigners.queries.findings import finding_page
from foreigners.services.opening import note_opening
from foreigners.services.triage import (
    FindingMoved,
    GroundWritten,
    accept_finding,
    join_finding,
    link_person,
    refer_finding,
    return_finding,
    set_outside,
    write_ground,
)
from timpora.errors import DomainError
from timpora.htmx import go_to

# The word in the address, its form, its verb.
DECISIONS: dict[str, tuple[type[DecisionForm], Callable[..., Any]]] = {
    "terima": (AcceptForm, accept_finding),
    "gabung": (JoinForm, join_finding),
    "kembalikan": (ReturnForm, return_finding),
    "limpahkan": (ReferForm, refer_finding),
    "bukan-imigrasi": (OutsideForm, set_outside),
}


def triaged(request: Request, pk: int) -> Finding:
    finding = get_object_or_404(
        Finding.objects.visible_to(request.user)
        .for_list()
        .select_related("office__agency", "created_by__agency", "ground_by"),
        pk=pk,
    )
    require(request.user, "foreigners.triage_finding", finding)
    return finding


@require_GET
def triage(request: Request, pk: int) -> HttpResponse:
    """What was seen, then why it is suspected, only then who; and the decision."""
    return show_triage(request, triaged(request, pk), {})


def show_triage(
    request: Request,
    finding: Finding,
    bound: dict[str, DecisionForm | GroundForm],
    *,
    status: int = 200,
) -> HttpResponse:
    if not finding.waits:
        for form in bound.values():
            why = " ".join(map(str, form.non_field_errors()))
            tell_unsaved(request, why or _("Temuan ini sudah diputus."), form)
        return go_to(request, finding.get_absolute_url())
    page = finding_page(finding, user=request.user)
    if page.shows_persons and (page.opens_persons or finding.persons):
        note_opening(finding, by=request.user)
    doubles = doubles_at_triage(finding, user=request.user)
    cases = Case.objects.visible_to(request.user).filter(
        findings__in=[double.finding for double in doubles]
    )
    title = _("Dugaan pelanggaran di %s") % finding.place if finding.place else ""
    forms = {
        name.replace("-", "_"): bound.get(name)
        or form(
            finding=finding,
            user=request.user,
            initial={"revision": finding.revision, "title": title[:150]},
        )
        for name, (form, _verb) in DECISIONS.items()
    }
    return render(
        request,
        "foreigners/triage.html",
        {
            "finding": finding,
            "page": page,
            "doubles": doubles,
            "near_cases": cases.distinct(),
            "ground_form": bound.get("ground") or GroundForm(),
            "forms": forms,
            "opened": next(iter(bound), ""),
        },
        status=status,
    )


@require_POST
def triage_ground(request: Request, pk: int) -> HttpResponse:
    finding = triaged(request, pk)
    form = GroundForm(request.POST)
    if not form.is_valid():
        return show_triage(request, finding, {"ground": form}, status=422)
    try:
        write_ground(finding, ground=form.cleaned_data["ground"], by=request.user)
    except GroundWritten as error:
        tell_unsaved(request, error, form)
    except DomainError as error:
        form.add_error(None, str(error))
        return show_triage(request, finding, {"ground": form}, status=422)
    return go_to(request, reverse("foreigners:triage", args=[pk]))


@require_POST
def triage_decide(request: Request, pk: int, decision: str) -> HttpResponse:
    finding = triaged(request, pk)
    if decision not in DECISIONS:
        raise Http404
    form_class, decide = DECISIONS[decision]
    form = form_class(request.POST, finding=finding, user=request.user)
    if not form.is_valid():
        return show_triage(request, finding, {decision: form}, status=422)
    try:
        decide(finding, **form.cleaned_data, by=request.user)
    except FindingMoved as error:
        typed = typed_over(request, revision=finding.revision)
        again = form_class(typed, finding=finding, user=request.user)
        again.add_error(None, str(error))
        return show_triage(request, finding, {decision: again}, status=409)
    except DomainError as error:
        form.add_error(None, str(error))
        return show_triage(request, finding, {decision: form}, status=422)
    messages.success(
        request,
        _("Keputusan tersimpan: %(state)s.") % {"state": finding.get_state_display()},
    )
    return go_to(request, finding.get_absolute_url())


@require_POST
def finding_person_link(request: Request, pk: int, person_pk: int) -> HttpResponse:
    """Which person of the register was named."""
    shown = Finding.objects.showing_persons_to(request.user).select_related("office")
    finding = get_object_or_404(shown, pk=pk)
    require(request.user, "foreigners.link_finding_person", finding)
    person = get_object_or_404(finding.named_persons, pk=person_pk)
    form = LinkForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, str(form.errors["foreigner"][0]))
        return go_to(request, finding.get_absolute_url())
    try:
        link_person(person, foreigner=form.cleaned_data["foreigner"], by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Orang dihubungkan dengan register."))
    return go_to(request, finding.get_absolute_url())
