"""The chief's page: the whole meeting on one screen, two buttons, then the paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from agencies.models import User
from documents.services.certificates import certificate_of
from documents.services.snapshots import signer_for
from meetings.forms.approving import ReadRevisionForm, ReturnForm
from meetings.models import Meeting, Minutes
from meetings.queries.approving import frozen_or_live, papers_of
from meetings.services.approving import approve_minutes, return_minutes
from meetings.services.circulating import recipients_of
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial


def _minutes_or_404(user: User, pk: int) -> Minutes:
    meeting = get_object_or_404(Meeting.objects.visible_to(user), pk=pk)
    newest = Minutes.objects.visible_to(user).filter(meeting=meeting)
    return get_object_or_404(
        newest.select_related(
            "meeting__office__agency",
            "approved_by",
            "submitted_by",
            "circulation__document",
            "restricted__document",
        )[:1]
    )


@require_GET
def approval(request: Request, pk: int) -> HttpResponse:
    minutes = _minutes_or_404(request.user, pk)
    require(request.user, "meetings.take_minutes", minutes.meeting)
    papers = papers_of(minutes)
    context = {
        "meeting": minutes.meeting,
        "minutes": minutes,
        "papers": papers,
        "is_rendering": any(
            not (paper.is_final or paper.state == paper.State.FAILED)
            for paper in papers
        ),
    }
    if minutes.is_submitted:
        context["certificate"] = certificate_of(
            signer_for(minutes.meeting.office, request.user)
        )
    if not request.htmx:
        context["paper"] = frozen_or_live(minutes)
        if minutes.is_locked:
            recipients = recipients_of(minutes)
            context["recipients"] = recipients
            context["open_recipients"] = [one for one in recipients if one.is_open]
    template = page_or_partial(request, "meetings/approval.html", "papers")
    return render(request, template, context)


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    minutes = _minutes_or_404(request.user, pk)
    require(request.user, "meetings.approve_minutes", minutes.meeting)
    form = ReadRevisionForm(request.POST)
    if form.is_valid():
        try:
            approve_minutes(
                minutes, by=request.user, revision=form.cleaned_data["revision"]
            )
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Notula disahkan. PDF segera siap."))
    return go_to(request, reverse("meetings:approval", args=[pk]))


@require_http_methods(["GET", "POST"])
def approval_return(request: Request, pk: int) -> HttpResponse:
    minutes = _minutes_or_404(request.user, pk)
    require(request.user, "meetings.approve_minutes", minutes.meeting)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return_minutes(minutes, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Notula dikembalikan kepada notulis."))
            return go_to(request, reverse("meetings:approval", args=[pk]))
    return render(
        request,
        "meetings/approval_return.html",
        {"meeting": minutes.meeting, "minutes": minutes, "form": form},
        status=422 if form.errors else 200,
    )
