from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from documents.http import send_upload
from documents.models import Upload
from meetings.forms.answering import AnswerForm
from meetings.forms.convening import EditInviteeForm, InviteeForm, SendForm
from meetings.models import Invitation, Meeting
from meetings.models.invitation import new_token
from meetings.queries.readiness import problems_of
from meetings.services.answering import answer_invitation, renew_link, revoke_link
from meetings.services.delivering import message_text
from meetings.services.inviting import (
    NotReadyToSend,
    add_invitee,
    add_roster,
    edit_invitee,
    remove_invitee,
    resend,
    send_invitations,
)
from timpora.errors import DomainError
from timpora.htmx import go_to


def meeting_of(request: Request, pk: int) -> Meeting:
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related(
            "office__agency", "team"
        ),
        pk=pk,
    )
    require(request.user, "meetings.invite", meeting)
    return meeting


@require_http_methods(["GET", "POST"])
def invitations(request: Request, pk: int) -> HttpResponse:
    """Who is invited: delivery, opening and answer per agency, and one more agency."""
    meeting = meeting_of(request, pk)
    form = InviteeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = add_invitee(meeting, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%s ditambahkan.") % invitation.agency)
            return go_to(request, request.path)
    invited = list(
        meeting.invitations.select_related(
            "agency__type", "notification", "letter"
        ).prefetch_related("agency__names")
    )
    for invitation in invited:
        invitation.meeting = meeting
    return render(
        request,
        "meetings/invitations.html",
        {
            "meeting": meeting,
            "invitations": [
                (invitation, invitation.agency.name_on(meeting.day))
                for invitation in invited
            ],
            "counts": counts_of(invited),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def counts_of(invited: list[Invitation]) -> list[tuple[str, int]]:
    """How many agencies gave each answer; none is an answer to count as well."""
    return [
        (str(label), sum(invitation.answer == answer for invitation in invited))
        for answer, label in Invitation.Answer.choices
    ]


@require_POST
def roster(request: Request, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if not meeting.is_draft:
        messages.error(
            request, _("Undangan sudah terkirim; tambahkan instansi satu per satu.")
        )
    else:
        added = add_roster(meeting)
        messages.success(request, _("%d anggota tim ditambahkan.") % added)
    return go_to(request, reverse("meetings:invitations", args=[pk]))


@require_http_methods(["GET", "POST"])
def send(request: Request, pk: int) -> HttpResponse:
    """The check before the summons, and the summons."""
    meeting = meeting_of(request, pk)
    form = SendForm(request.POST or None, initial={"revision": meeting.revision})
    problems = problems_of(meeting)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            send_invitations(meeting, by=request.user, **form.cleaned_data)
        except NotReadyToSend as refusal:
            problems, status = refusal.problems, 422
            form.add_error(None, str(refusal))
        except DomainError as error:
            messages.error(request, str(error))
            return go_to(request, meeting.get_absolute_url())
        else:
            messages.success(request, _("Undangan dibuat dan dikirim."))
            return go_to(request, reverse("meetings:invitations", args=[pk]))
    return render(
        request,
        "meetings/meeting_send.html",
        {
            "meeting": meeting,
            "form": form,
            "problems": problems,
            "is_blocked": any(problem.blocks for problem in problems),
            "invited": meeting.invitations.count(),
        },
        status=status,
    )


def invitation_of(request: Request, pk: int) -> Invitation:
    invitation = get_object_or_404(
        Invitation.objects.visible_to(request.user)
        .select_related("meeting__office__agency", "meeting__team", "agency")
        .prefetch_related("agency__names"),
        pk=pk,
    )
    require(request.user, "meetings.invite", invitation.meeting)
    return invitation


@require_http_methods(["GET", "POST"])
def invitation(request: Request, pk: int) -> HttpResponse:
    """One agency's invitation: addressee, link, text to share, history."""
    found = invitation_of(request, pk)
    form = EditInviteeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            edit_invitee(found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return go_to(request, request.path)
    return render(
        request,
        "meetings/invitation.html",
        {
            "invitation": found,
            "meeting": found.meeting,
            "form": form,
            "text": message_text(found) if found.sent_at else "",
            "acts": [
                ("kirim-ulang", _("Kirim ulang surel")),
                ("tautan-baru", _("Buat tautan baru")),
                ("cabut", _("Cabut tautan")),
            ],
        },
        status=422 if form.errors else 200,
    )


@require_POST
def invitation_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Remove a draft's invitee; mail again, renew or revoke the link of a sent one."""
    found = invitation_of(request, pk)
    back = reverse("meetings:invitation", args=[pk])
    try:
        match act:
            case "hapus":
                remove_invitee(found, by=request.user)
                back = reverse("meetings:invitations", args=[found.meeting_id])
                messages.success(request, _("Instansi dihapus dari daftar undangan."))
            case "kirim-ulang":
                resend(found, by=request.user)
                messages.success(request, _("Surel undangan dikirim ulang."))
            case "tautan-baru":
                renew_link(found, token=new_token(), by=request.user)
                messages.success(request, _("Tautan baru dibuat; tautan lama mati."))
            case "cabut":
                revoke_link(found, by=request.user)
                messages.success(request, _("Tautan dicabut."))
            case _:
                raise Http404
    except DomainError as error:
        messages.error(request, str(error))
    return go_to(request, back)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """A logged-in liaison answers for their agency."""
    found = get_object_or_404(
        Invitation.objects.visible_to(request.user).select_related(
            "meeting__office", "agency"
        ),
        pk=pk,
    )
    require(request.user, "meetings.answer_invitation", found)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            answer_invitation(found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Jawaban tersimpan. Terima kasih."))
            return go_to(request, found.meeting.get_absolute_url())
    return render(
        request,
        "meetings/answer.html",
        {"form": form, "invitation": found, "meeting": found.meeting},
        status=422,
    )


@require_GET
def excuse_letter(request: Request, pk: int) -> HttpResponseBase:
    """The letter behind an excuse: for the office and the agency that sent it."""
    found = get_object_or_404(
        Invitation.objects.visible_to(request.user)
        .exclude(excuse_letter=None)
        .select_related("meeting"),
        pk=pk,
    )
    require(request.user, "meetings.read_excuse", found)
    return send_upload(get_object_or_404(Upload, pk=found.excuse_letter_id))
