from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require, typed_over
from documents.http import send_upload
from documents.models import Upload
from foreigners.forms.protecting import ProtectionForm, RaiseForm
from foreigners.http import visible_case
from foreigners.models import Case, Foreigner, Protection, Reading
from foreigners.queries.protection import questions_of
from foreigners.services.disclosing import note_reading
from foreigners.services.protecting import (
    AnswersChanged,
    determine,
    raise_protection,
)
from foreigners.views.acting import Act, act_on

GATE = ("protections__determined_by", "protections__evidence")


@dataclass(frozen=True)
class Gate:
    """The gate of a person as it is reached: in a case, or on the person's own page."""

    foreigner: Foreigner
    url: str
    back_text: str
    determines: bool
    raises: bool
    case: Case | None = None


@require_http_methods(["GET", "POST"])
def protection(request: Request, pk: int, person_pk: int) -> HttpResponse:
    """The gate of one person of the case: for those on duty."""
    case = visible_case(request, pk)
    require(request.user, "foreigners.read_protection", case)
    person = get_object_or_404(case.persons, pk=person_pk)
    gate = Gate(
        foreigner=Foreigner.objects.select_related("office")
        .prefetch_related(*GATE)
        .get(pk=person.foreigner_id),
        url=reverse("foreigners:protection", args=[pk, person_pk]),
        back_text=case.number,
        determines=request.user.has_perm("foreigners.determine_protection", case),
        raises=request.user.has_perm("foreigners.raise_protection", case),
        case=case,
    )
    return show_gate(request, gate)


@never_cache
@require_http_methods(["GET", "POST"])
def person_protection(request: Request, pk: int) -> HttpResponse:
    """The gate of a person, whatever their case: for those on duty."""
    person = get_object_or_404(
        Foreigner.objects.visible_to(request.user)
        .select_related("office")
        .prefetch_related(*GATE),
        pk=pk,
    )
    require(request.user, "foreigners.read_protection_of_person", person)
    gate = Gate(
        foreigner=person,
        url=reverse("foreigners:person_protection", args=[pk]),
        back_text=str(person),
        determines=request.user.has_perm(
            "foreigners.determine_protection_of_person", person
        ),
        raises=request.user.has_perm("foreigners.raise_protection_of_person", person),
    )
    return show_gate(request, gate)


def show_gate(request: Request, gate: Gate) -> HttpResponse:
    """Whoever determines answers anything; whoever works on the case may protect."""
    if request.method == "GET":
        _note_opened(request, gate)
    elif not (gate.determines or gate.raises):
        raise PermissionDenied("foreigners.determine_protection")
    kind, answer = (
        (ProtectionForm, determine)
        if gate.determines
        else (RaiseForm, raise_protection)
    )
    form = kind(
        request.POST or None,
        request.FILES or None,
        initial={
            "kind": request.GET.get("pertanyaan", ""),
            "answers_read": len(gate.foreigner.protections.all()),
        },
    )
    act = Act(
        title=_("Gerbang pelindungan OA-%d") % gate.foreigner.pk,
        button=_("Tetapkan") if gate.determines else _("Lindungi"),
        done=_("Penetapan tersimpan."),
        back=gate.url,
        back_text=gate.back_text,
        conflicts=(AnswersChanged,),
        template="foreigners/protection.html",
        context={"gate": gate, "questions": questions_of(gate.foreigner)},
    )

    def perform() -> Protection:
        try:
            return answer(gate.foreigner, **form.cleaned_data, by=request.user)
        except AnswersChanged:
            answered = Foreigner.objects.prefetch_related(*GATE).get(
                pk=gate.foreigner.pk
            )
            act.context["questions"] = questions_of(answered)
            read = len(answered.protections.all())
            form.data = typed_over(request, answers_read=read)
            raise

    return act_on(request, form, act, perform)


def _note_opened(request: Request, gate: Gate) -> None:
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=gate.foreigner.office_id,
        foreigners=[gate.foreigner],
        case=gate.case,
        fields=["protection"],
    )


@require_GET
def protection_file(request: Request, pk: int, upload_pk: int) -> HttpResponseBase:
    """The proof behind an answer of the gate, for those on duty."""
    case = visible_case(request, pk)
    require(request.user, "foreigners.read_protection", case)
    answer = get_object_or_404(
        Protection.objects.select_related("foreigner"),
        foreigner__case_persons__case=case,
        evidence=upload_pk,
    )
    return send_proof(request, answer, case)


@require_GET
def person_protection_file(
    request: Request, pk: int, upload_pk: int
) -> HttpResponseBase:
    person = get_object_or_404(Foreigner.objects.visible_to(request.user), pk=pk)
    require(request.user, "foreigners.read_protection_of_person", person)
    answer = get_object_or_404(
        person.protections.select_related("foreigner"), evidence=upload_pk
    )
    return send_proof(request, answer, None)


def send_proof(
    request: Request, answer: Protection, case: Case | None
) -> HttpResponseBase:
    upload = get_object_or_404(Upload, pk=answer.evidence_id)
    note_reading(
        request.user,
        Reading.Verb.DOWNLOADED,
        office_id=answer.foreigner.office_id,
        foreigners=[answer.foreigner],
        case=case,
        fields=["protection_proof"],
        sha256=upload.sha256,
    )
    return send_upload(upload)
