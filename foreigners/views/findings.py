from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agencies.http import Request, require
from documents.http import send_upload
from foreigners.forms.findings import FindingFilter
from foreigners.models import Finding
from foreigners.queries.findings import finding_page, status_of
from foreigners.services.opening import note_opening
from foreigners.views.filtering import saved_of
from timpora.htmx import page_or_partial


@require_GET
def findings(request: Request) -> HttpResponse:
    require(request.user, "foreigners.list_findings")
    found = FindingFilter(
        request.GET,
        Finding.objects.listed_for(request.user).for_list(),
        user=request.user,
    )
    page = Paginator(found.qs, 25).get_page(request.GET.get("halaman"))
    return render(
        request,
        page_or_partial(request, "foreigners/finding_list.html", "rows"),
        {
            "filter": found,
            "page": page,
            "saved": saved_of(request, "temuan"),
            "rows": [(finding, status_of(finding)) for finding in page],
        },
    )


@require_GET
def finding(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Finding.objects.listed_for(request.user)
        .for_list()
        .select_related("office__agency", "created_by", "ground_by", "referred_to"),
        pk=pk,
    )
    page = finding_page(found, user=request.user)
    if page.shows_persons and (page.opens_persons or found.persons):
        note_opening(found, by=request.user)
    return render(
        request, "foreigners/finding_detail.html", {"finding": found, "page": page}
    )


@require_GET
def finding_file(request: Request, pk: int, upload_pk: int) -> HttpResponseBase:
    """A photo or paper that came with it: for whoever may read its persons."""
    found = get_object_or_404(
        Finding.objects.showing_persons_to(request.user).select_related("office"), pk=pk
    )
    upload = get_object_or_404(found.files, pk=upload_pk)
    note_opening(found, by=request.user, upload=upload)
    return send_upload(upload)
