from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from foreigners.forms.overstay import OverstayForm
from foreigners.http import visible_case
from foreigners.models import Case, CasePerson, OverstaySheet, Reading
from foreigners.services.disclosing import note_reading
from foreigners.services.overstay import Sheet
from foreigners.services.overstay_sheets import keep_sheet, sheet_of
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def overstay_new(request: Request, pk: int) -> HttpResponse:
    """Compute first (``act=hitung``), keep it when it is right (``act=simpan``)."""
    case = visible_case(request, pk)
    require(request.user, "foreigners.compute_overstay", case)
    form = OverstayForm(request.POST or None, case=case, initial=known_of(case))
    computed: Sheet | None = None
    if form.is_bound and form.is_valid():
        asked = form.asked()
        try:
            if request.POST.get("act") == "simpan":
                kept = keep_sheet(case, asked.pop("person"), **asked, by=request.user)
                messages.success(request, _("Lembar hitung tersimpan."))
                return go_to(request, kept.get_absolute_url())
            computed = sheet_of(
                case.office,
                permit_ends_on=asked["permit_ends_on"],
                found_at=asked["found_at"],
                exemption=asked["exemption"],
            )
        except DomainError as error:
            form.add_error(None, str(error))
    return render(
        request,
        "foreigners/overstay_form.html",
        {"case": case, "form": form, "computed": computed},
        status=422 if form.errors else 200,
    )


def known_of(case: Case) -> dict[str, object]:
    """What the register knows already, where the case has a single subject."""
    known: dict[str, object] = {"found_on": timezone.localdate()}
    subjects = list(
        case.persons.filter(role=CasePerson.Role.SUBJECT).select_related("foreigner")[
            :2
        ]
    )
    if len(subjects) == 1:
        known["person"] = subjects[0].pk
        permit = subjects[0].foreigner.stay_permits.exclude(ends_on=None).first()
        known["permit_ends_on"] = permit.ends_on if permit else None
    return known


@require_GET
def overstay(request: Request, pk: int) -> HttpResponse:
    """A kept sheet as it was computed, to read or to print from the browser."""
    sheet = get_object_or_404(
        OverstaySheet.objects.visible_to(request.user).select_related(
            "case__office__agency", "person__foreigner", "computed_by"
        ),
        pk=pk,
    )
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=sheet.case.office_id,
        foreigners=[sheet.person.foreigner],
        case=sheet.case,
        fields=["overstay_sheet"],
    )
    return render(
        request, "foreigners/overstay.html", {"sheet": sheet, "case": sheet.case}
    )
