from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from documents.http import send_upload
from documents.models import Upload
from foreigners.forms.objecting import DecideForm, ForwardForm, ObjectionForm
from foreigners.models import Objection, Reading
from foreigners.services.disclosing import note_reading
from foreigners.services.objecting import (
    ObjectionIsOpen,
    decide_objection,
    forward_objection,
    register_objection,
    window_of,
)
from foreigners.views.acting import Act, act_on
from foreigners.views.measuring import measure_or_404
from timpora.dates import day_and_date


def objection_or_404(request: Request, pk: int) -> Objection:
    return get_object_or_404(
        Objection.objects.visible_to(request.user).select_related(
            "measure__case__office__agency", "measure__case__responsible",
            "measure__person__foreigner", "measure__kind", "measure__version__document",
            "receipt__document", "power_of_attorney", "outcome_proof", "recorded_by",
            "forwarded_by",
        ),
        pk=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def objection_new(request: Request, pk: int) -> HttpResponse:
    """Take an objection in; whoever brings it takes the receipt along."""
    contested = measure_or_404(request, pk)
    require(request.user, "foreigners.register_objection", contested.case)
    window = window_of(contested)
    form = ObjectionForm(
        request.POST or None,
        request.FILES or None,
        initial={"received_on": timezone.localdate()},
    )
    last = (
        _("Hari terakhir keberatan: %s.") % day_and_date(window.due_on)
        if window
        else _("Keputusan ini belum disampaikan.")
    )
    act = Act(
        title=_("Catat keberatan"),
        button=_("Catat dan cetak tanda terima"),
        done=_("Keberatan tercatat. Cetak tanda terimanya dan berikan."),
        back=contested.get_absolute_url(),
        back_text=contested.kind.name,
        lines=(
            last,
            _(
                "Keberatan yang terlambat tetap dicatat, dengan alasan keterlambatannya."
            ),
        ),
        conflicts=(ObjectionIsOpen,),
    )
    return act_on(
        request,
        form,
        act,
        lambda: register_objection(contested, form.filed(), by=request.user),
    )


@require_GET
def objection(request: Request, pk: int) -> HttpResponse:
    shown = objection_or_404(request, pk)
    case = shown.measure.case
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=case.office_id,
        foreigners=[shown.measure.person.foreigner],
        case=case,
        fields=["objection"],
    )
    return render(
        request,
        "foreigners/objection_detail.html",
        {
            "objection": shown,
            "measure": shown.measure,
            "case": case,
            "evidence": shown.evidence.all(),
            "clocks": shown.clocks.select_related("rule", "person"),
            "today": timezone.localdate(),
        },
    )


@require_http_methods(["GET", "POST"])
def objection_forward(request: Request, pk: int) -> HttpResponse:
    received = objection_or_404(request, pk)
    require(request.user, "foreigners.settle_objection", received.measure.case)
    form = ForwardForm(request.POST or None, initial={"on": timezone.localdate()})
    act = Act(
        title=_("Teruskan keberatan"),
        button=_("Catat penerusan"),
        done=_("Penerusan tercatat; tenggat putusan berjalan sejak tanggal itu."),
        back=received.get_absolute_url(),
        back_text=_("Keberatan"),
        lines=(_("Tulis tanggal yang sebenarnya, juga bila baru dicatat sekarang."),),
    )
    return act_on(
        request,
        form,
        act,
        lambda: forward_objection(received, **form.cleaned_data, by=request.user),
    )


@require_http_methods(["GET", "POST"])
def objection_decide(request: Request, pk: int) -> HttpResponse:
    received = objection_or_404(request, pk)
    require(request.user, "foreigners.settle_objection", received.measure.case)
    form = DecideForm(
        request.POST or None,
        request.FILES or None,
        initial={"on": timezone.localdate()},
    )
    act = Act(
        title=_("Catat putusan atas keberatan"),
        button=_("Catat putusan"),
        done=_("Putusan tercatat."),
        back=received.get_absolute_url(),
        back_text=_("Keberatan"),
        lines=(
            _("Bila keputusan dibatalkan, tindakannya gugur bersama semua tenggatnya."),
        ),
    )
    return act_on(
        request,
        form,
        act,
        lambda: decide_objection(received, **form.cleaned_data, by=request.user),
    )


@require_GET
def objection_file(request: Request, pk: int, upload_pk: int) -> HttpResponseBase:
    """A letter or evidence of the objection; its download is a reading of the person."""
    shown = objection_or_404(request, pk)
    case = shown.measure.case
    require(request.user, "foreigners.register_objection", case)
    own = (
        Q(pk=shown.power_of_attorney_id)
        | Q(pk=shown.outcome_proof_id)
        | Q(pk__in=shown.evidence.values("pk"))
    )
    upload = get_object_or_404(Upload.objects.filter(own), pk=upload_pk)
    note_reading(
        request.user,
        Reading.Verb.DOWNLOADED,
        office_id=case.office_id,
        foreigners=[shown.measure.person.foreigner],
        case=case,
        fields=["objection_file"],
        sha256=upload.sha256,
    )
    return send_upload(upload)
