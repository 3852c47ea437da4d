from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from agencies.services import audit
from documents.http import send_upload
from meetings.forms.photos import MaterialForm
from meetings.models import Material, Meeting
from meetings.services.materials import add_material, delete_material
from timpora.errors import DomainError


@require_http_methods(["GET", "POST"])
def materials(request: Request, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    require(request.user, "meetings.read_minutes", meeting)
    form = MaterialForm(meeting=meeting)
    if request.method == "POST":
        require(request.user, "meetings.take_minutes", meeting)
        form = MaterialForm(request.POST, request.FILES, meeting=meeting)
        if form.is_valid():
            try:
                add_material(by=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error("file", str(error))
            else:
                return redirect("meetings:materials", meeting.pk)
    rows = Material.objects.visible_to(request.user).filter(item__meeting=meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "materials": rows.select_related("upload", "item").order_by(
            "item__order", "pk"
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/material_list.html", context, status=status)


@require_GET
def material_file(request: Request, pk: int, material: int) -> HttpResponseBase:
    rows = Material.objects.visible_to(request.user).select_related(
        "upload", "item__meeting"
    )
    found = get_object_or_404(rows, pk=material, item__meeting=pk)
    audit.record(
        request.user,
        "meetings.download_material",
        found,
        office_id=found.item.meeting.office_id,
    )
    return send_upload(found.upload)


@require_POST
def material_delete(request: Request, pk: int, material: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    require(request.user, "meetings.take_minutes", meeting)
    rows = Material.objects.select_related("item__meeting")
    found = get_object_or_404(rows, pk=material, item__meeting=meeting)
    try:
        delete_material(found, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("meetings:materials", meeting.pk)


def _meeting(request: Request, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
