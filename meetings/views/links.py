"""The personal link: no account, one agency's invitation, nothing of anybody else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from documents.http import send_version
from meetings.forms.answering import AnswerForm
from meetings.models import Invitation
from meetings.services.answering import answer_invitation, note_opening, takes_answer
from meetings.services.calendar import calendar_file
from meetings.views.convening import answer_form_for
from timpora.errors import DomainError
from timpora.throttle import too_many

MOST_MISSES_A_MINUTE = 20


def invitation_behind(token: str) -> Invitation | None:
    """The invitation of a working link; None for a forged, expired or revoked one."""
    return (
        Invitation.objects.usable(timezone.now())
        .select_related(
            "meeting__office__agency", "meeting__venue_region", "agency", "letter"
        )
        .filter(token=token)
        .first()
    )


def dead_link(request: HttpRequest) -> HttpResponseBase:
    """The same page for a forged, an expired and a revoked link; 429 for who guesses."""
    guesses = too_many(f"link-miss:{request.META['REMOTE_ADDR']}", MOST_MISSES_A_MINUTE)
    status = 429 if guesses else 404
    return private(render(request, "meetings/link_dead.html", status=status))


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Nothing of the link leaves through a referrer or a search engine."""
    # Under "no-referrer" a browser sends "Origin: null" with a form, and CSRF refuses it.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The invitation of one agency, and its answer until the meeting starts."""
    invitation = invitation_behind(token)
    if invitation is None:
        return dead_link(request)
    note_opening(invitation)
    form = answer_form_for(invitation)
    status = 200
    if request.method == "POST":
        form = AnswerForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            try:
                answer_invitation(invitation, **form.cleaned_data)
            except DomainError as error:
                form.add_error(None, str(error))
                status = 422 if takes_answer(invitation) else 409
            else:
                messages.success(request, _("Jawaban tersimpan. Terima kasih."))
                return private(redirect(invitation.get_link()))
    return private(
        render(
            request,
            "meetings/link.html",
            {
                "invitation": invitation,
                "meeting": invitation.meeting,
                "agenda": invitation.meeting.agenda.all(),
                "form": form,
            },
            status=status,
        )
    )


@login_not_required
@never_cache
@require_GET
def link_letter(request: HttpRequest, token: str) -> HttpResponseBase:
    """The agency's letter, once it is rendered."""
    invitation = invitation_behind(token)
    if invitation is None or invitation.letter is None:
        return dead_link(request)
    version = invitation.letter.current
    if not version.is_final:
        raise Http404
    return private(send_version(version))


@login_not_required
@never_cache
@require_GET
def link_calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """The meeting for the agency's calendar."""
    invitation = invitation_behind(token)
    if invitation is None:
        return dead_link(request)
    response = HttpResponse(calendar_file(invitation), content_type="text/calendar")
    response["Content-Disposition"] = 'attachment; filename="undangan.ics"'
    return private(response)
