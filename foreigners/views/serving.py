from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.http import Request, require
from foreigners.forms.serving import ServeForm
from foreigners.services.serving import serve_measure
from foreigners.views.acting import Act, act_on
from foreigners.views.measuring import measure_or_404


@require_http_methods(["GET", "POST"])
def measure_serve(request: Request, pk: int) -> HttpResponse:
    decided = measure_or_404(request, pk)
    require(request.user, "foreigners.serve_measure", decided.case)
    form = ServeForm(
        request.POST or None,
        request.FILES or None,
        initial={"on": timezone.localdate(), "to": _("Yang bersangkutan")},
    )
    act = Act(
        title=_("Catat penyampaian keputusan"),
        button=_("Catat penyampaian"),
        done=_("Penyampaian tercatat. Masa keberatan berjalan sejak tanggal itu."),
        back=decided.get_absolute_url(),
        back_text=decided.kind.name,
        lines=(
            _("Masa keberatan dihitung sejak tanggal penyampaian yang terbukti."),
            _("Berita acara dengan hari terakhir keberatan dibuat sesudahnya."),
        ),
    )
    return act_on(
        request,
        form,
        act,
        lambda: serve_measure(decided, **form.cleaned_data, by=request.user),
    )
