"""The review window: the office's side, and an agency's by account or personal link."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from agencies.models import Agency, User
from meetings.forms.approving import ReadRevisionForm
from meetings.forms.reviewing import ContestForm, SettleForm
from meetings.models import Entry, Meeting, Minutes, Objection
from meetings.queries.reviewing import agency_review, answers, objections_of
from meetings.services.approving import submit_minutes
from meetings.services.checking import missing
from meetings.services.reviewing import (
    accept_objection,
    confirm,
    contest,
    open_review,
    reject_objection,
)
from timpora.errors import DomainError
from timpora.htmx import go_to


def minutes_or_404(user: User, pk: int) -> Minutes:
    """The newest minutes of a meeting that the person may know of."""
    meeting = get_object_or_404(Meeting.objects.visible_to(user), pk=pk)
    newest = Minutes.objects.visible_to(user).filter(meeting=meeting)
    return get_object_or_404(newest.select_related("meeting__office__agency")[:1])


@require_GET
def review(request: Request, pk: int) -> HttpResponse:
    minutes = minutes_or_404(request.user, pk)
    if request.user.has_perm("meetings.contest_minutes"):
        return agency_page(request, minutes, request.user.agency)
    require(request.user, "meetings.take_minutes", minutes.meeting)

    standing = answers(minutes)
    return render(
        request,
        "meetings/review.html",
        {
            "meeting": minutes.meeting,
            "minutes": minutes,
            "flaws": missing(minutes),
            "answers": standing,
            "objections": objections_of(minutes),
            "window_is_over": minutes.window_is_over(minutes.meeting.office.today),
            "all_answered": all(row.consent or row.objections for row in standing),
        },
    )


def agency_page(
    request: Request, minutes: Minutes, agency: Agency, token: str = ""
) -> HttpResponse:
    return render(
        request,
        "meetings/review_agency.html",
        {
            "meeting": minutes.meeting,
            "agency": agency,
            "review": agency_review(minutes, agency),
            "token": token,
            "base": "base_public.html" if token else "base.html",
        },
    )


@require_POST
def review_open(request: Request, pk: int) -> HttpResponse:
    minutes = minutes_or_404(request.user, pk)
    require(request.user, "meetings.take_minutes", minutes.meeting)
    try:
        open_review(minutes, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Masa tinjauan dibuka dan instansi diberi tahu."))
    return go_to(request, reverse("meetings:review", args=[pk]))


@require_POST
def review_submit(request: Request, pk: int) -> HttpResponse:
    minutes = minutes_or_404(request.user, pk)
    require(request.user, "meetings.submit_minutes", minutes.meeting)
    form = ReadRevisionForm(request.POST)
    if not form.is_valid():
        return go_to(request, reverse("meetings:review", args=[pk]))
    try:
        submit_minutes(minutes, by=request.user, revision=form.cleaned_data["revision"])
    except DomainError as error:
        messages.error(request, str(error))
        return go_to(request, reverse("meetings:review", args=[pk]))
    messages.success(request, _("Notula diajukan untuk pengesahan."))
    return go_to(request, reverse("meetings:approval", args=[pk]))


@require_POST
def review_confirm(request: Request, pk: int) -> HttpResponse:
    minutes = minutes_or_404(request.user, pk)
    require(request.user, "meetings.contest_minutes")
    return confirm_page(
        request,
        minutes,
        request.user.agency,
        request.user,
        reverse("meetings:review", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
def review_contest(request: Request, pk: int, entry_pk: int) -> HttpResponse:
    minutes = minutes_or_404(request.user, pk)
    require(request.user, "meetings.contest_minutes")
    entry = get_object_or_404(
        Entry.objects.visible_to(request.user).for_list(), minutes=minutes, pk=entry_pk
    )
    back = reverse("meetings:review", args=[pk])
    return contest_page(request, entry, request.user.agency, request.user, back)


def confirm_page(
    request: Request, minutes: Minutes, agency: Agency, by: User | None, back: str
) -> HttpResponse:
    try:
        confirm(minutes, agency=agency, by=by)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Terima kasih, persetujuan instansi dicatat."))
    return go_to(request, back)


def contest_page(
    request: Request, entry: Entry, agency: Agency, by: User | None, back: str
) -> HttpResponse:
    form = ContestForm(request.POST or None)
    context: dict[str, Any] = {
        "meeting": entry.minutes.meeting,
        "entry": entry,
        "form": form,
        "back": back,
        "base": "base.html" if by else "base_public.html",
    }
    if request.method == "POST" and form.is_valid():
        try:
            contest(entry, agency=agency, text=form.cleaned_data["text"], by=by)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Keberatan diterima oleh sekretariat."))
            return go_to(request, back)
    status = 422 if form.errors else 200
    return render(request, "meetings/review_contest.html", context, status=status)


@require_http_methods(["GET", "POST"])
def settle(request: Request, pk: int, objection_pk: int) -> HttpResponse:
    minutes = minutes_or_404(request.user, pk)
    require(request.user, "meetings.take_minutes", minutes.meeting)
    objection = get_object_or_404(
        Objection.objects.select_related("entry__item", "agency"),
        entry__minutes=minutes,
        pk=objection_pk,
    )
    form = SettleForm(request.POST or None, initial={"text": objection.entry.text})
    if request.method == "POST" and form.is_valid():
        try:
            _settle(objection, form.cleaned_data, request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Keberatan diselesaikan."))
            return go_to(request, reverse("meetings:review", args=[pk]))
    return render(
        request,
        "meetings/review_settle.html",
        {"meeting": minutes.meeting, "objection": objection, "form": form},
        status=422 if form.errors else 200,
    )


def _settle(objection: Objection, answer: dict[str, Any], by: User) -> None:
    if answer["outcome"] == Objection.Outcome.ACCEPTED:
        accept_objection(
            objection, text=answer["text"], settlement=answer["settlement"], by=by
        )
    else:
        reject_objection(objection, settlement=answer["settlement"], by=by)
