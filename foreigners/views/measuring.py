from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from documents.http import send_upload
from documents.models import Upload
from foreigners.forms.measuring import MeasureForm
from foreigners.http import revision_read, visible_case
from foreigners.models import Case, Measure, MeasureKind, Reading
from foreigners.queries.measures import for_page, kinds_on
from foreigners.queries.protection import what_blocks_detention, what_blocks_removal
from foreigners.services.disclosing import note_reading
from foreigners.services.measure_checks import Content
from foreigners.services.measuring import (
    MeasureChanged,
    decide_measure,
    draft_measure,
    drop_draft,
    edit_draft,
    may_draft,
)
from foreigners.views.acting import Act, act_on
from timpora.errors import DomainError
from timpora.htmx import go_to


def measure_or_404(request: Request, pk: int) -> Measure:
    return get_object_or_404(for_page(request.user), pk=pk)


@require_http_methods(["GET", "POST"])
def measure_new(request: Request, pk: int) -> HttpResponse:
    """First the kind (``?jenis=``), then what a measure of that kind has to say."""
    case = visible_case(request, pk)
    require(request.user, "foreigners.draft_measure", case)
    kinds = [k for k in kinds_on(timezone.localdate()) if may_draft(case, k)]
    chosen = request.GET.get("jenis", "")
    kind = next((kind for kind in kinds if str(kind.pk) == chosen), None)
    if kind is None:
        return render(
            request, "foreigners/measure_kind.html", {"case": case, "kinds": kinds}
        )
    form = MeasureForm(request.POST or None, case=case, kind=kind)
    return act_on(
        request,
        form,
        drafting(case, kind, title=_("Susun tindakan")),
        lambda: draft_measure(case, form.drafted(), by=request.user),
    )


def drafting(case: Case, kind: MeasureKind, *, title: str) -> Act:
    return Act(
        title=f"{title}: {kind.name}",
        button=_("Simpan konsep"),
        done=_("Konsep tersimpan. Kepala Kantor yang memutuskan."),
        back=reverse("foreigners:measure_new", args=[case.pk]),
        back_text=_("Pilih jenis tindakan lain"),
        lines=(kind.article,),
        conflicts=(MeasureChanged,),
        context={"case": case, "row": kind},
    )


@require_http_methods(["GET", "POST"])
def measure_edit(request: Request, pk: int) -> HttpResponse:
    measure = measure_or_404(request, pk)
    case = measure.case
    require(request.user, "foreigners.draft_measure", case)
    initial: dict[str, Any] = {
        **vars(Content.of(measure)),
        "revision": measure.revision,
    }
    form = MeasureForm(
        request.POST or None, case=case, kind=measure.kind, initial=initial
    )

    def save() -> Measure:
        revision = form.cleaned_data["revision"] or 0
        edit_draft(measure, form.drafted(), revision=revision, by=request.user)
        return measure

    act = drafting(case, measure.kind, title=_("Ubah konsep"))
    return act_on(request, form, act, save)


@require_GET
def measure(request: Request, pk: int) -> HttpResponse:
    """One measure from draft to execution, and what it waits for now."""
    shown = measure_or_404(request, pk)
    person = shown.person.foreigner
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=shown.case.office_id,
        foreigners=[person],
        case=shown.case,
        fields=["measure"],
    )
    return render(
        request,
        "foreigners/measure_detail.html",
        {
            "measure": shown,
            "case": shown.case,
            "clocks": shown.clocks.select_related("rule", "person"),
            "records": shown.execution_records.select_related("proof", "by"),
            "reviews": shown.reviews.select_related("by"),
            "objections": shown.objections.select_related("receipt__document"),
            "barrier": barrier_of(shown),
            "today": timezone.localdate(),
        },
    )


def barrier_of(measure: Measure) -> str | None:
    """Which protection stands in the way of carrying it out."""
    if measure.kind.removes:
        return what_blocks_removal(measure.person.foreigner)
    if measure.kind.detains:
        return what_blocks_detention(measure.person.foreigner)
    return None


@require_POST
def measure_decide(request: Request, pk: int) -> HttpResponse:
    """The chief's one click on exactly the draft that the page showed."""
    draft = measure_or_404(request, pk)
    require(request.user, "foreigners.decide_measure", draft.case)
    try:
        decide_measure(draft, revision=revision_read(request), by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Tindakan diputuskan. Surat keputusan disiapkan."))
    return go_to(request, draft.get_absolute_url())


@require_POST
def measure_drop(request: Request, pk: int) -> HttpResponse:
    draft = measure_or_404(request, pk)
    require(request.user, "foreigners.draft_measure", draft.case)
    try:
        drop_draft(draft, revision=revision_read(request), by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return go_to(request, draft.get_absolute_url())
    messages.success(request, _("Konsep dihapus."))
    return go_to(request, reverse("foreigners:measure_new", args=[draft.case_id]))


@require_GET
def measure_file(request: Request, pk: int, upload_pk: int) -> HttpResponseBase:
    """A proof of service or execution; its download is a reading of the person."""
    shown = measure_or_404(request, pk)
    require(request.user, "foreigners.draft_measure", shown.case)
    records = shown.execution_records.values("proof")
    own = Q(pk=shown.service_proof_id) | Q(pk__in=records)
    upload = get_object_or_404(Upload.objects.filter(own), pk=upload_pk)
    note_reading(
        request.user,
        Reading.Verb.DOWNLOADED,
        office_id=shown.case.office_id,
        foreigners=[shown.person.foreigner],
        case=shown.case,
        fields=["measure_proof"],
        sha256=upload.sha256,
    )
    return send_upload(upload)
