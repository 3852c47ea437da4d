from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require, tell_unsaved
from agencies.services import audit
from documents.http import send_upload
from meetings.forms.photos import CaptionForm, PhotosForm
from meetings.models import Meeting, Minutes, Photo
from meetings.services.photos import (
    add_photos,
    caption_photo,
    delete_photo,
    move_photo,
)
from timpora.errors import DomainError


@require_http_methods(["GET", "POST"])
def photos(request: Request, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    if request.method == "POST":
        require(request.user, "meetings.take_minutes", meeting)
        return _add(request, meeting)
    require(request.user, "meetings.read_minutes", meeting)
    return _page(request, meeting, PhotosForm())


@require_GET
def photo_file(request: Request, pk: int, photo: int) -> HttpResponseBase:
    photos = Photo.objects.visible_to(request.user).select_related("upload", "meeting")
    found = get_object_or_404(photos, pk=photo, meeting=pk)
    audit.record(
        request.user, "meetings.view_photo", found, office_id=found.meeting.office_id
    )
    return send_upload(found.upload)


@require_POST
def photo_edit(request: Request, pk: int, photo: int) -> HttpResponse:
    """Caption, order or removal of one photo, by the button that was pressed."""
    meeting = _meeting(request, pk)
    require(request.user, "meetings.take_minutes", meeting)
    found = get_object_or_404(Photo, pk=photo, meeting=meeting)
    minutes = get_object_or_404(Minutes.objects.filter(meeting=meeting)[:1])
    try:
        if "hapus" in request.POST:
            delete_photo(minutes, found, by=request.user)
        elif "naik" in request.POST or "turun" in request.POST:
            move_photo(minutes, found, up="naik" in request.POST, by=request.user)
        else:
            form = CaptionForm(request.POST)
            if not form.is_valid():
                return _page(request, meeting, PhotosForm(), wrong=(found.pk, form))
            return _caption(request, minutes, found, form)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("meetings:photos", meeting.pk)


def _caption(
    request: Request, minutes: Minutes, photo: Photo, form: CaptionForm
) -> HttpResponse:
    try:
        caption_photo(
            minutes, photo, caption=form.cleaned_data["caption"], by=request.user
        )
    except DomainError as error:
        tell_unsaved(request, error, form)
    return redirect("meetings:photos", minutes.meeting_id)


def _add(request: Request, meeting: Meeting) -> HttpResponse:
    minutes = get_object_or_404(Minutes.objects.filter(meeting=meeting)[:1])
    form = PhotosForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, meeting, form)
    try:
        add_photos(minutes, by=request.user, **form.cleaned_data)
    except DomainError as error:
        form.add_error("photos", str(error))
        return _page(request, meeting, form)
    return redirect("meetings:photos", meeting.pk)


def _page(
    request: Request,
    meeting: Meeting,
    form: PhotosForm,
    wrong: tuple[int, CaptionForm] | None = None,
) -> HttpResponse:
    photos = Photo.objects.visible_to(request.user).filter(meeting=meeting)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    context = {
        "meeting": meeting,
        "photos": photos.select_related("upload"),
        "form": form,
        "wrong_pk": wrong[0] if wrong else None,
        "wrong_form": wrong[1] if wrong else None,
        "writes": minutes is not None
        and minutes.takes_entries
        and request.user.has_perm("meetings.take_minutes", meeting),
    }
    status = 422 if form.errors or wrong else 200
    return render(request, "meetings/photo_list.html", context, status=status)


def _meeting(request: Request, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
