from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require, typed_over
from meetings.forms.answering import AnswerForm
from meetings.forms.convening import (
    CancelForm,
    MeetingFilter,
    MeetingForm,
    RescheduleForm,
    TemplateForm,
    templates_of,
)
from meetings.models import Invitation, Meeting
from meetings.queries.usual import usual_of
from meetings.services.answering import takes_answer
from meetings.services.cancelling import cancel_meeting
from meetings.services.convening import (
    MeetingChanged,
    create_meeting,
    edit_meeting,
    save_as_template,
)
from meetings.services.inviting import reschedule as move_meeting
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial

COPIED = ("kind", "title", "theme", "level", "classification", "attire", "contact", "request", "legal_bases")  # fmt: skip


@require_GET
def meeting_list(request: Request) -> HttpResponse:
    found = MeetingFilter(
        request.GET, Meeting.objects.visible_to(request.user).for_list()
    )
    page = Paginator(found.qs, 20).get_page(request.GET.get("halaman"))
    return render(
        request,
        page_or_partial(request, "meetings/meeting_list.html", "rows"),
        {"filter": found, "page": page},
    )


@require_GET
def detail(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related(
            "office__agency", "team", "venue_region", "chair", "secretary",
            "minute_taker", "previous",
        ),
        pk=pk,
    )  # fmt: skip
    require(request.user, "meetings.view_meeting", meeting)
    invitation = (
        Invitation.objects.visible_to(request.user)
        .filter(meeting=meeting)
        .select_related("agency", "letter")
        .first()
        if request.user.is_liaison
        else None
    )
    return render(
        request,
        "meetings/meeting_detail.html",
        {
            "meeting": meeting,
            "minutes": meeting.current_minutes,
            "agenda": meeting.agenda.all(),
            "invitation": invitation,
            "answer_form": answer_form_for(invitation),
            "template_form": TemplateForm(initial={"name": meeting.title[:100]}),
        },
    )


def answer_form_for(invitation: Invitation | None) -> AnswerForm | None:
    if invitation is None or not takes_answer(invitation):
        return None
    return AnswerForm(
        initial={
            name: getattr(invitation, name)
            for name in (
                "answer", "person", "person_rank", "person_nip", "person_post", "excuse",
            )
        }
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A draft from scratch, from a template (?templat=) or from a meeting (?dari=)."""
    require(request.user, "meetings.create_meeting")
    previous = chosen(request, "dari", Meeting.objects.visible_to(request.user))
    template = chosen(request, "templat", templates_of(request.user))
    form = MeetingForm(
        request.POST or None,
        user=request.user,
        initial=initial_from(previous or template, request),
    )
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        del fields["revision"]
        try:
            meeting = create_meeting(
                by=request.user, previous=previous, template=template, **fields
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Draf rapat tersimpan. Periksa acara dan undangannya.")
            )
            return go_to(request, meeting.get_absolute_url())
    return render(
        request,
        "meetings/meeting_form.html",
        {
            "form": form,
            "previous": previous,
            "template": template,
            "templates": templates_of(request.user),
            "last_meetings": Meeting.objects.visible_to(request.user)[:5],
        },
        status=422 if form.errors else 200,
    )


def chosen(request: Request, name: str, queryset: Any) -> Any:
    """What the address names, as far as it is visible; None if it names nothing."""
    pk = request.GET.get(name, "")
    return get_object_or_404(queryset, pk=pk) if pk.isdecimal() else None


def initial_from(source: Any, request: Request) -> dict[str, Any]:
    initial = {name: getattr(source, name) for name in COPIED if hasattr(source, name)}
    if isinstance(source, Meeting):
        for name in ("team", "chair", "secretary", "minute_taker"):
            initial[name] = getattr(source, f"{name}_id")
        initial["scope_regions"] = source.scope_regions.all()
        start = timezone.localtime(source.starts_at)
        initial |= {
            "start": start.time(),
            "end": timezone.localtime(source.ends_at).time(),
        }
    else:
        initial |= usual_of(request.user)
    return initial


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("office__agency"), pk=pk
    )
    require(request.user, "meetings.edit_meeting", meeting)
    form = MeetingForm(
        request.POST or None, user=request.user, initial=current_values(meeting)
    )
    theirs: MeetingForm | None = None
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        del fields["form_token"]
        try:
            edit_meeting(meeting, by=request.user, **fields)
        except MeetingChanged as error:
            form.add_error(None, str(error))
            theirs, status = the_other_text(meeting, request, form), 409
        except DomainError as error:
            form.add_error(None, str(error))
            status = 422
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return go_to(request, meeting.get_absolute_url())
    return render(
        request,
        "meetings/meeting_form.html",
        {"form": form, "meeting": meeting, "theirs": theirs},
        status=status,
    )


def the_other_text(
    meeting: Meeting, request: Request, form: MeetingForm
) -> MeetingForm:
    """What the other person saved, to compare; saving again then replaces theirs."""
    meeting.refresh_from_db()
    form.data = typed_over(request, revision=meeting.revision)
    return MeetingForm(user=request.user, initial=current_values(meeting))


def current_values(meeting: Meeting) -> dict[str, Any]:
    start, end = (
        timezone.localtime(meeting.starts_at),
        timezone.localtime(meeting.ends_at),
    )
    values = {name: getattr(meeting, name) for name in COPIED}
    return values | {
        "team": meeting.team_id,
        "chair": meeting.chair_id,
        "secretary": meeting.secretary_id,
        "minute_taker": meeting.minute_taker_id,
        "scope_regions": meeting.scope_regions.all(),
        "day": start.date(),
        "start": start.time(),
        "end": end.time(),
        "venue": meeting.venue,
        "venue_region": meeting.venue_region_id,
        "revision": meeting.revision,
        "form_token": meeting.form_token,
    }


@require_http_methods(["GET", "POST"])
def reschedule(request: Request, pk: int) -> HttpResponse:
    """Another time or place for a meeting that was summoned."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("office__agency"), pk=pk
    )
    require(request.user, "meetings.invite", meeting)
    form = RescheduleForm(
        request.POST or None, user=request.user, initial=current_values(meeting)
    )
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        region = fields.pop("venue_region")
        try:
            move_meeting(
                meeting,
                by=request.user,
                venue_region_id=region and region.pk,
                **fields,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Jadwal diubah; instansi menerima surat baru."))
            return go_to(request, meeting.get_absolute_url())
    return render(
        request,
        "meetings/meeting_reschedule.html",
        {"form": form, "meeting": meeting},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def cancel(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("office__agency"), pk=pk
    )
    require(request.user, "meetings.invite", meeting)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(meeting, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Rapat dibatalkan."))
            return go_to(request, meeting.get_absolute_url())
    return render(
        request,
        "meetings/meeting_cancel.html",
        {"form": form, "meeting": meeting},
        status=422 if form.errors else 200,
    )


@require_POST
def keep_template(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    require(request.user, "meetings.edit_meeting", meeting)
    form = TemplateForm(request.POST)
    if form.is_valid():
        save_as_template(meeting, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, _("Templat tersimpan."))
    else:
        messages.error(request, _("Tulis nama templat, paling panjang 100 huruf."))
    return go_to(request, meeting.get_absolute_url())
