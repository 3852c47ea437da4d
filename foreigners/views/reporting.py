import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request, require, typed_over
from agencies.models import Office
from foreigners.forms.reporting import CardForm
from foreigners.http import revision_read
from foreigners.models import Finding
from foreigners.queries.doubles import doubles_while_typing, typed_trace
from foreigners.queries.findings import offices_of
from foreigners.services.reporting import (
    AlreadyReceived,
    FindingChanged,
    complete_finding,
    discard_draft,
    draft_finding,
    edit_finding,
    hand_in,
    remove_file,
    report_finding,
)
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def finding_new(request: Request) -> HttpResponse:
    """The card; sent, kept as a draft, or answered like the first time."""
    user = request.user
    require(user, "foreigners.report_finding")
    offices = offices_of(user, on=timezone.localdate())
    if not offices:
        return render(request, "foreigners/finding_no_office.html")
    sends = "simpan" not in request.POST
    form = CardForm(
        request.POST or None, request.FILES or None, offices=offices, sends=sends
    )
    if request.method == "POST" and form.is_valid():
        write = report_finding if sends else draft_finding
        try:
            finding = write(
                key=form.cleaned_data["key"],
                office=form.cleaned_data["office"],
                said=form.said(),
                origin=Finding.Origin.AGENCY
                if user.is_liaison
                else Finding.Origin.OFFICER,
                by=user,
            )
        except AlreadyReceived as error:
            form.add_error(None, str(error))
            form.data = typed_over(request, key=uuid.uuid4())
            return show_card(request, form, theirs=error.finding, status=409)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return written(request, finding)
    return show_card(request, form, status=422 if form.is_wrong else 200)


@require_http_methods(["GET", "POST"])
def finding_edit(request: Request, pk: int) -> HttpResponse:
    """Complete a draft or a returned finding, and hand it in with the same button."""
    finding = writable(request, pk)
    if not finding.is_writable:
        messages.error(request, _("Temuan ini sudah dikirim, tidak dapat diubah lagi."))
        return go_to(request, finding.get_absolute_url())
    sends = "simpan" not in request.POST
    form = CardForm(
        request.POST or None,
        request.FILES or None,
        offices=Office.objects.filter(pk=finding.office_id),
        sends=sends,
        finding=finding,
        with_persons=finding.shows_persons_to(request.user),
    )
    if request.method == "POST" and form.is_valid():
        write = complete_finding if sends else edit_finding
        revision = form.cleaned_data["revision"] or 0
        try:
            write(finding, said=form.said(), revision=revision, by=request.user)
        except FindingChanged as error:
            form.add_error(None, str(error))
            theirs = Finding.objects.select_related("region__parent").get(pk=pk)
            form.data = typed_over(request, revision=theirs.revision)
            return show_card(request, form, finding, theirs=theirs, status=409)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return written(request, finding)
    return show_card(request, form, finding, status=422 if form.is_wrong else 200)


def written(request: Request, finding: Finding) -> HttpResponse:
    if finding.is_draft:
        messages.success(request, _("Draf tersimpan. Kirim bila sudah lengkap."))
    elif finding.is_writable:
        messages.success(request, _("Perubahan tersimpan, belum dikirim kembali."))
    else:
        messages.success(
            request,
            _("Temuan diterima dengan nomor %(number)s.") % {"number": finding.number},
        )
    return go_to(request, finding.get_absolute_url())


def show_card(
    request: Request,
    form: CardForm,
    finding: Finding | None = None,
    *,
    theirs: Finding | None = None,
    status: int = 200,
) -> HttpResponse:
    """The card; with ``theirs``, what is kept stands beside what was typed."""
    files = finding.files.all() if finding and form.persons is not None else []
    return render(
        request,
        "foreigners/finding_form.html",
        {"form": form, "finding": finding, "theirs": theirs, "files": files},
        status=status,
    )


def writable(request: Request, pk: int) -> Finding:
    finding = get_object_or_404(
        Finding.objects.visible_to(request.user).select_related(
            "office", "region__parent", "reporter"
        ),
        pk=pk,
    )
    require(request.user, "foreigners.edit_finding", finding)
    return finding


@require_POST
def finding_submit(request: Request, pk: int) -> HttpResponse:
    finding = writable(request, pk)
    try:
        hand_in(finding, revision=revision_read(request), by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return go_to(request, finding.get_absolute_url())
    return written(request, finding)


@require_POST
def finding_discard(request: Request, pk: int) -> HttpResponse:
    finding = writable(request, pk)
    try:
        discard_draft(finding, revision=revision_read(request), by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return go_to(request, finding.get_absolute_url())
    messages.success(request, _("Draf dibuang."))
    return go_to(request, reverse("foreigners:findings"))


@require_POST
def finding_file_remove(request: Request, pk: int, upload_pk: int) -> HttpResponse:
    finding = writable(request, pk)
    shown = Finding.objects.showing_persons_to(request.user)
    upload = get_object_or_404(get_object_or_404(shown, pk=pk).files, pk=upload_pk)
    try:
        remove_file(finding, upload, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return go_to(request, finding.get_absolute_url())
    messages.success(request, _("Berkas dilepas."))
    return go_to(request, reverse("foreigners:finding_edit", args=[pk]))


@require_POST
def finding_doubles(request: Request) -> HttpResponse:
    """What may be the same, while the card is being typed. A POST: it carries names."""
    user = request.user
    require(user, "foreigners.report_finding")
    form = CardForm(
        request.POST, offices=offices_of(user, on=timezone.localdate()), sends=False
    )
    form.is_valid()
    region = form.cleaned_data.get("region")
    persons = form.persons.forms if form.persons and form.persons.is_valid() else []
    trace = typed_trace(
        region=region.code if region else "",
        place=form.cleaned_data.get("place", ""),
        seen_on=form.cleaned_data.get("seen_on"),
        persons=[
            (
                one.cleaned_data.get("name", ""),
                one.cleaned_data.get("document_number", ""),
            )
            for one in persons
        ],
        key=form.cleaned_data.get("key"),
    )
    return render(
        request,
        "foreigners/finding_doubles.html",
        {"doubles": doubles_while_typing(trace, user=user)},
    )
