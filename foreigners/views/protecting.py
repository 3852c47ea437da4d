from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from documents.http import send_upload
from documents.models import Upload
from foreigners.forms.protecting import ProtectionForm
from foreigners.http import visible_case
from foreigners.models import CasePerson, Protection, Reading
from foreigners.queries.protection import questions_of
from foreigners.services.disclosing import note_reading
from foreigners.services.protecting import determine
from foreigners.views.acting import Act, act_on


@require_http_methods(["GET", "POST"])
def protection(request: Request, pk: int, person_pk: int) -> HttpResponse:
    """The gate of one person of the case: for those on duty, answered by the section
    head."""
    case = visible_case(request, pk)
    require(request.user, "foreigners.read_protection", case)
    person = get_object_or_404(
        case.persons.select_related("foreigner__office").prefetch_related(
            "foreigner__protections__determined_by", "foreigner__protections__evidence"
        ),
        pk=person_pk,
    )
    if request.method == "POST":
        require(request.user, "foreigners.determine_protection", case)
    else:
        _note_opened(request, person)
    form = ProtectionForm(
        request.POST or None,
        request.FILES or None,
        initial={"kind": request.GET.get("pertanyaan", "")},
    )
    act = Act(
        title=_("Gerbang pelindungan OA-%d") % person.foreigner_id,
        button=_("Tetapkan"),
        done=_("Penetapan tersimpan."),
        back=reverse("foreigners:protection", args=[pk, person_pk]),
        back_text=case.number,
        template="foreigners/protection.html",
        context={
            "case": case,
            "person": person,
            "questions": questions_of(person.foreigner),
        },
    )
    return act_on(
        request,
        form,
        act,
        lambda: determine(person.foreigner, **form.cleaned_data, by=request.user),
    )


def _note_opened(request: Request, person: CasePerson) -> None:
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=person.case.office_id,
        foreigners=[person.foreigner],
        case=person.case,
        fields=["protection"],
    )


@require_GET
def protection_file(request: Request, pk: int, upload_pk: int) -> HttpResponseBase:
    """The proof behind an answer of the gate, for those on duty."""
    case = visible_case(request, pk)
    require(request.user, "foreigners.read_protection", case)
    answer = get_object_or_404(
        Protection.objects.filter(
            foreigner__case_persons__case=case, evidence=upload_pk
        ).select_related("foreigner"),
    )
    upload = get_object_or_404(Upload, pk=upload_pk)
    note_reading(
        request.user,
        Reading.Verb.DOWNLOADED,
        office_id=case.office_id,
        foreigners=[answer.foreigner],
        case=case,
        fields=["protection_proof"],
        sha256=upload.sha256,
    )
    return send_upload(upload)
