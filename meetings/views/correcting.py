"""A correction of approved minutes, and what it changed, entry by entry."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from meetings.forms.correcting import CorrectionForm, VersionsForm
from meetings.models import Meeting, Minutes
from meetings.services.correcting import (
    differences,
    drop_correction,
    entries_of,
    start_correction,
)
from meetings.views.reviewing import minutes_or_404
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def correct(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("office"), pk=pk
    )
    require(request.user, "meetings.take_minutes", meeting)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            start_correction(
                meeting, reason=form.cleaned_data["reason"], by=request.user
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Perbaikan dimulai; notula lama tetap berlaku.")
            )
            return go_to(request, reverse("meetings:minutes", args=[pk]))
    return render(
        request,
        "meetings/approval_correct.html",
        {"meeting": meeting, "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
def correction_drop(request: Request, pk: int) -> HttpResponse:
    minutes = minutes_or_404(request.user, pk)
    require(request.user, "meetings.take_minutes", minutes.meeting)
    try:
        drop_correction(minutes, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Perbaikan dibatalkan; notula lama tetap berlaku."))
    return go_to(request, reverse("meetings:approval", args=[pk]))


@require_GET
def changes(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("office"), pk=pk
    )
    is_office = request.user.has_perm("meetings.take_minutes", meeting)
    if not is_office:
        require(request.user, "meetings.contest_minutes")
    versions = list(
        Minutes.objects.visible_to(request.user)
        .filter(meeting=meeting)
        .compared_by(request.user)
        .select_related("circulation", "restricted", "meeting__office")
    )
    if len(versions) < 2:
        raise Http404
    old, new = _chosen(request, versions)
    return render(
        request,
        "meetings/changes.html",
        {
            "meeting": meeting,
            "versions": versions[::-1],
            "old": old,
            "new": new,
            "changes": differences(
                entries_of(old, with_restricted=is_office),
                entries_of(new, with_restricted=is_office),
            ),
        },
    )


def _chosen(request: Request, versions: list[Minutes]) -> tuple[Minutes, Minutes]:
    """The two versions asked for; without a question, the newest two."""
    by_number = {minutes.version: minutes for minutes in versions}
    form = VersionsForm(request.GET)
    if not form.is_valid():
        return versions[1], versions[0]
    old, new = form.cleaned_data["old"], form.cleaned_data["new"]
    if old not in by_number or new not in by_number:
        raise Http404
    return by_number[old], by_number[new]
