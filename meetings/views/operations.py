from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require, tell_unsaved, typed_over
from agencies.services import audit
from documents.http import send_upload
from meetings.forms.operations import (
    OperationForm,
    PlaceFindingForm,
    PlaceForm,
    ReportForm,
    ResultForm,
    current_place,
)
from meetings.models import Meeting, OperationPlace
from meetings.queries.operations import operation_of, places_for
from meetings.services.operation_report import (
    is_outdated,
    issue_report,
    what_is_missing,
)
from meetings.services.operations import (
    OperationChanged,
    add_place,
    drop_place,
    edit_place,
    move_place_up,
    record_result,
    remove_photo,
    save_operation,
    start_place_finding,
)
from timpora.errors import DomainError
from timpora.htmx import go_to


def operated(request: Request, pk: int, permission: str) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).filter(
        kind=Meeting.Kind.JOINT_OPERATION
    )
    meeting = get_object_or_404(
        meetings.select_related(
            "office__agency", "office__logo", "team", "venue_region"
        ),
        pk=pk,
    )
    require(request.user, permission, meeting)
    return meeting


def visited(request: Request, pk: int, place_pk: int) -> OperationPlace:
    meeting = operated(request, pk, "meetings.run_operation")
    places = OperationPlace.objects.visible_to(request.user).for_list()
    place = get_object_or_404(places, pk=place_pk, meeting=meeting)
    place.meeting = meeting
    return place


def back_to(request: Request, meeting_pk: int) -> HttpResponse:
    return go_to(request, reverse("meetings:operation", args=[meeting_pk]))


@require_http_methods(["GET", "POST"])
def operation(request: Request, pk: int) -> HttpResponse:
    """Places with their results, the words of the report, and the report itself."""
    permission = "view_operation" if request.method == "GET" else "run_operation"
    meeting = operated(request, pk, f"meetings.{permission}")
    running = operation_of(meeting)
    form = OperationForm(request.POST or None, meeting=meeting, operation=running)
    if request.method == "POST" and form.is_valid():
        try:
            save_operation(meeting, **form.cleaned_data, by=request.user)
        except OperationChanged as error:
            form.add_error(None, str(error))
            now = operation_of(meeting)
            form.data = typed_over(request, revision=now.revision)
            theirs = OperationForm(meeting=meeting, operation=now)
            return show_operation(request, meeting, form, theirs=theirs, status=409)
        except DomainError as error:
            tell_unsaved(request, error, form)
            return back_to(request, pk)
        messages.success(request, _("Data operasi tersimpan."))
        return back_to(request, pk)
    return show_operation(request, meeting, form, status=422 if form.errors else 200)


def show_operation(
    request: Request,
    meeting: Meeting,
    form: OperationForm,
    *,
    place_form: PlaceForm | None = None,
    theirs: OperationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    running = operation_of(meeting)
    return render(
        request,
        "meetings/operation.html",
        {
            "meeting": meeting,
            "operation": running,
            "places": places_for(meeting, user=request.user),
            "form": form,
            "theirs": theirs,
            "place_form": place_form or PlaceForm(meeting=meeting),
            "report_form": ReportForm(),
            "lacking": what_is_missing(meeting, running),
            "outdated": is_outdated(running, meeting),
        },
        status=status,
    )


@require_POST
def operation_place_add(request: Request, pk: int) -> HttpResponse:
    meeting = operated(request, pk, "meetings.run_operation")
    form = PlaceForm(request.POST, meeting=meeting)
    if not form.is_valid():
        words = OperationForm(meeting=meeting, operation=operation_of(meeting))
        return show_operation(request, meeting, words, place_form=form, status=422)
    del form.cleaned_data["revision"]
    try:
        add_place(meeting, **form.cleaned_data, by=request.user)
    except DomainError as error:
        tell_unsaved(request, error, form)
    return back_to(request, pk)


@require_http_methods(["GET", "POST"])
def operation_place(request: Request, pk: int, place_pk: int) -> HttpResponse:
    """Change, move or drop a place of the plan, by the button that was pressed."""
    place = visited(request, pk, place_pk)
    form = PlaceForm(
        request.POST or None, meeting=place.meeting, initial=current_place(place)
    )
    try:
        if request.method == "POST" and "naik" in request.POST:
            move_place_up(place, by=request.user)
        elif request.method == "POST" and "hapus" in request.POST:
            drop_place(place, by=request.user)
        elif request.method == "POST" and form.is_valid():
            fields = form.cleaned_data
            fields["revision"] = fields["revision"] or 0
            edit_place(place, **fields, by=request.user)
        else:
            return show_place(request, place, form, status=422 if form.errors else 200)
    except OperationChanged as error:
        form.add_error(None, str(error))
        return show_place(request, place, form, status=409)
    except DomainError as error:
        tell_unsaved(request, error, form)
    return back_to(request, pk)


def show_place(
    request: Request, place: OperationPlace, form: PlaceForm, *, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "meetings/operation_place.html",
        {"meeting": place.meeting, "place": place, "form": form},
        status=status,
    )


@require_http_methods(["GET", "POST"])
def operation_result(request: Request, pk: int, place_pk: int) -> HttpResponse:
    place = visited(request, pk, place_pk)
    form = ResultForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "revision": place.revision,
            "result": place.result,
            "visited_at": place.visited_at and timezone.localtime(place.visited_at),
            "note": place.note,
        },
    )
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            record_result(place, **form.cleaned_data, by=request.user)
        except OperationChanged as error:
            form.add_error(None, str(error))
            status = 409
        except DomainError as error:
            form.add_error(None, str(error))
            status = 422
        else:
            messages.success(request, _("Hasil tersimpan."))
            return back_to(request, pk)
    return render(
        request,
        "meetings/operation_result.html",
        {"meeting": place.meeting, "place": place, "form": form},
        status=status,
    )


@require_POST
def operation_finding(request: Request, pk: int, place_pk: int) -> HttpResponse:
    """One tap: a finding card with place, area and day filled in."""
    place = visited(request, pk, place_pk)
    form = PlaceFindingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Muat ulang halaman, lalu tekan lagi."))
        return back_to(request, pk)
    try:
        finding = start_place_finding(
            place, key=form.cleaned_data["key"], by=request.user
        )
    except DomainError as error:
        messages.error(request, str(error))
        return back_to(request, pk)
    if not finding.is_writable:
        return go_to(request, finding.get_absolute_url())
    return go_to(request, reverse("foreigners:finding_edit", args=[finding.pk]))


@require_GET
def operation_photo(
    request: Request, pk: int, place_pk: int, upload_pk: int
) -> HttpResponseBase:
    place = visited(request, pk, place_pk)
    upload = get_object_or_404(place.photos, pk=upload_pk)
    audit.record(
        request.user,
        "meetings.view_place_photo",
        place.meeting,
        office_id=place.meeting.office_id,
        upload=upload.pk,
    )
    return send_upload(upload)


@require_POST
def operation_photo_remove(
    request: Request, pk: int, place_pk: int, upload_pk: int
) -> HttpResponse:
    place = visited(request, pk, place_pk)
    upload = get_object_or_404(place.photos, pk=upload_pk)
    try:
        remove_photo(place, upload, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    return go_to(request, reverse("meetings:operation_result", args=[pk, place_pk]))


@require_POST
def operation_report(request: Request, pk: int) -> HttpResponse:
    meeting = operated(request, pk, "meetings.issue_operation_report")
    form = ReportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Alasan paling panjang 2.000 huruf."))
        return back_to(request, pk)
    try:
        issue_report(meeting, reason=form.cleaned_data["reason"], by=request.user)
    except DomainError as error:
        tell_unsaved(request, error, form)
    else:
        messages.success(request, _("Laporan kegiatan diterbitkan dan sedang disusun."))
    return back_to(request, pk)
