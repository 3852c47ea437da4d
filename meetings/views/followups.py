from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require, tell_unsaved
from documents.http import send_upload
from documents.models import Upload
from meetings.forms.followups import (
    CancelFollowUpForm,
    DueDateForm,
    FollowUpFilter,
    ProgressForm,
    VerdictForm,
)
from meetings.models import FollowUp, Progress
from meetings.services.followups import (
    accept_progress,
    cancel_follow_up,
    move_due_date,
    report_progress,
    return_progress,
)
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial


@require_GET
def follow_ups(request: Request) -> HttpResponse:
    require(request.user, "meetings.list_follow_ups")
    found = FollowUpFilter(
        request.GET,
        FollowUp.objects.visible_to(request.user).for_list().most_urgent_first(),
        request=request,
    )
    page = Paginator(found.qs, 25).get_page(request.GET.get("halaman"))
    return render(
        request,
        page_or_partial(request, "meetings/followup_list.html", "rows"),
        {"filter": found, "page": page},
    )


@require_http_methods(["GET", "POST"])
def follow_up(request: Request, pk: int) -> HttpResponse:
    """One duty with its reports; the agency that owes it reports here."""
    duty = get_object_or_404(
        FollowUp.objects.visible_to(request.user).for_list(), pk=pk
    )
    if request.method == "POST":
        require(request.user, "meetings.report_progress", duty)
    form = ProgressForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            report_progress(duty, **form.cleaned_data, by=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Laporan kemajuan terkirim."))
            return go_to(request, duty.get_absolute_url())
    return show_follow_up(request, duty, form, status=422 if form.errors else 200)


def show_follow_up(
    request: Request,
    duty: FollowUp,
    form: ProgressForm | None = None,
    *,
    due_form: DueDateForm | None = None,
    cancel_form: CancelFollowUpForm | None = None,
    judged: tuple[Progress, VerdictForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a duty; a form that was refused comes back in its place."""
    reports = duty.progress.select_related(
        "reported_by", "verdict_by"
    ).prefetch_related("evidence")
    return render(
        request,
        "meetings/followup_detail.html",
        {
            "follow_up": duty,
            "reports": reports,
            "form": form or ProgressForm(),
            "verdict_form": VerdictForm(),
            "judged": judged,
            "due_form": due_form or DueDateForm(initial={"due_on": duty.due_on}),
            "cancel_form": cancel_form or CancelFollowUpForm(),
        },
        status=status,
    )


@require_POST
def judge_progress(request: Request, pk: int) -> HttpResponse:
    progress = get_object_or_404(
        Progress.objects.filter(
            follow_up__in=FollowUp.objects.visible_to(request.user)
        ).select_related("follow_up__office"),
        pk=pk,
    )
    require(request.user, "meetings.judge_progress", progress.follow_up)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis apa yang masih kurang sebelum mengembalikan."))
        return show_follow_up(
            request, progress.follow_up, judged=(progress, form), status=422
        )
    reason = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["verdict"] == "accept":
            accept_progress(progress, note=reason, by=request.user)
        else:
            return_progress(progress, reason=reason, by=request.user)
    except DomainError as error:
        tell_unsaved(request, error, form)
    else:
        messages.success(request, _("Hasil pemeriksaan tersimpan."))
    return go_to(request, progress.follow_up.get_absolute_url())


@require_POST
def move_due(request: Request, pk: int) -> HttpResponse:
    duty = get_object_or_404(
        FollowUp.objects.visible_to(request.user).for_list(), pk=pk
    )
    require(request.user, "meetings.judge_progress", duty)
    form = DueDateForm(request.POST)
    if not form.is_valid():
        return show_follow_up(request, duty, due_form=form, status=422)
    try:
        move_due_date(duty, **form.cleaned_data, by=request.user)
    except DomainError as error:
        tell_unsaved(request, error, form)
    else:
        messages.success(request, _("Tenggat diubah."))
    return go_to(request, duty.get_absolute_url())


@require_POST
def cancel_duty(request: Request, pk: int) -> HttpResponse:
    duty = get_object_or_404(
        FollowUp.objects.visible_to(request.user).for_list(), pk=pk
    )
    require(request.user, "meetings.judge_progress", duty)
    form = CancelFollowUpForm(request.POST)
    if not form.is_valid():
        return show_follow_up(request, duty, cancel_form=form, status=422)
    try:
        cancel_follow_up(duty, reason=form.cleaned_data["reason"], by=request.user)
    except DomainError as error:
        tell_unsaved(request, error, form)
    else:
        messages.success(request, _("Tindak lanjut dibatalkan."))
    return go_to(request, duty.get_absolute_url())


@require_GET
def evidence(request: Request, pk: int, upload_pk: int) -> HttpResponseBase:
    """A file that came with a report: for the agency that owes and for the office."""
    duty = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=pk)
    require(request.user, "meetings.read_follow_up", duty)
    reports = Progress.objects.filter(follow_up=duty)
    upload = get_object_or_404(
        Upload.objects.filter(
            pk__in=Progress.evidence.through.objects.filter(
                progress__in=reports
            ).values("upload")
        ),
        pk=upload_pk,
    )
    return send_upload(upload)
