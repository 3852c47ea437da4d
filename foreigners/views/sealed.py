from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from foreigners.forms.annotating import OpenSealedForm
from foreigners.http import open_sealed
from foreigners.models import Case, Reading
from foreigners.services.disclosing import note_reading
from timpora.htmx import go_to


@require_GET
def sealed_cases(request: Request) -> HttpResponse:
    """The register of what was not proven: numbers and dates, nobody and nothing else."""
    require(request.user, "foreigners.list_sealed")
    sealed = Case.objects.sealed_for(request.user).order_by("-sealed_at")
    page = Paginator(sealed, 25).get_page(request.GET.get("halaman"))
    return render(request, "foreigners/sealed_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def sealed_case(request: Request, pk: int) -> HttpResponse:
    """A sealed case opens for a reason, for this session and for half an hour."""
    case = get_object_or_404(Case.objects.sealed_for(request.user), pk=pk)
    require(request.user, "foreigners.list_sealed")
    form = OpenSealedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        persons = case.persons.select_related("foreigner")
        note_reading(
            request.user,
            Reading.Verb.OPENED,
            office_id=case.office_id,
            foreigners=[person.foreigner for person in persons],
            case=case,
            reason=form.cleaned_data["reason"],
            fields=["sealed"],
        )
        open_sealed(request, case)
        return go_to(request, case.get_absolute_url())
    return render(
        request,
        "foreigners/sealed_open.html",
        {"case": case, "form": form},
        status=422 if form.errors else 200,
    )
