from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.http import Request, require
from foreigners.forms.executing import (
    EarlyForm,
    ExecuteForm,
    ReleaseForm,
    ReviewForm,
)
from foreigners.services.detaining import release_detention, review_detention
from foreigners.services.executing import (
    ChoiceMissing,
    choose_early_execution,
    execute_measure,
    objection_may_come,
)
from foreigners.views.acting import Act, act_on
from foreigners.views.measuring import barrier_of, measure_or_404


@require_http_methods(["GET", "POST"])
def measure_early(request: Request, pk: int) -> HttpResponse:
    """The chief's choice in writing to go before the objection is over."""
    chosen = measure_or_404(request, pk)
    require(request.user, "foreigners.choose_early_execution", chosen.case)
    form = EarlyForm(request.POST or None)
    act = Act(
        title=_("Laksanakan sebelum masa keberatan habis"),
        button=_("Simpan pilihan tertulis"),
        done=_("Pilihan tertulis tersimpan."),
        back=chosen.get_absolute_url(),
        back_text=chosen.kind.name,
        warning=_(
            "Apakah keberatan menunda pelaksanaan belum diverifikasi (Pasal 77). Orang ini "
            "masih dapat mengajukan keberatan; tindakan yang sudah dilaksanakan mungkin "
            "tidak dapat dipulihkan."
        ),
    )
    return act_on(
        request,
        form,
        act,
        lambda: choose_early_execution(chosen, **form.cleaned_data, by=request.user),
    )


@require_http_methods(["GET", "POST"])
def measure_execute(request: Request, pk: int) -> HttpResponse:
    served = measure_or_404(request, pk)
    require(request.user, "foreigners.execute_measure", served.case)
    form = ExecuteForm(
        request.POST or None,
        request.FILES or None,
        charges=served.kind.charges,
        initial={"on": timezone.localdate()},
    )
    waits = not served.is_outside_conference and objection_may_come(served)
    early = _(
        "Masa keberatan belum habis atau keberatan belum diputus: pelaksanaan memerlukan "
        "pilihan tertulis Kepala Kantor dan dihitung."
    )
    act = Act(
        title=_("Catat pelaksanaan"),
        button=_("Catat pelaksanaan"),
        done=_("Pelaksanaan tercatat."),
        back=served.get_absolute_url(),
        back_text=served.kind.name,
        warning=barrier_of(served) or (early if waits else ""),
        conflicts=(ChoiceMissing,),
    )
    return act_on(
        request,
        form,
        act,
        lambda: execute_measure(served, form.done(), by=request.user),
    )


@require_http_methods(["GET", "POST"])
def measure_review(request: Request, pk: int) -> HttpResponse:
    held = measure_or_404(request, pk)
    require(request.user, "foreigners.review_detention", held.case)
    form = ReviewForm(request.POST or None, initial={"on": timezone.localdate()})
    act = Act(
        title=_("Tinjau pendetensian"),
        button=_("Catat peninjauan"),
        done=_("Peninjauan tercatat; tenggat peninjauan berikutnya berjalan."),
        back=held.get_absolute_url(),
        back_text=held.kind.name,
    )
    return act_on(
        request,
        form,
        act,
        lambda: review_detention(held, **form.cleaned_data, by=request.user),
    )


@require_http_methods(["GET", "POST"])
def measure_release(request: Request, pk: int) -> HttpResponse:
    held = measure_or_404(request, pk)
    require(request.user, "foreigners.review_detention", held.case)
    form = ReleaseForm(request.POST or None, initial={"on": timezone.localdate()})
    act = Act(
        title=_("Akhiri pendetensian"),
        button=_("Catat akhir pendetensian"),
        done=_("Pendetensian berakhir."),
        back=held.get_absolute_url(),
        back_text=held.kind.name,
    )
    return act_on(
        request,
        form,
        act,
        lambda: release_detention(held, **form.cleaned_data, by=request.user),
    )
