from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require
from foreigners.forms.judging import MergeForm, UndoMergeForm, VerdictForm
from foreigners.models import Foreigner, Merge, Reading, Verdict
from foreigners.queries.persons import side_by_side
from foreigners.services.disclosing import note_reading
from foreigners.services.judging import judge, proposals_for, standing_verdict
from foreigners.services.merging import merge, undo_merge
from foreigners.views.identifying import show_person, visible_person
from timpora.errors import DomainError
from timpora.htmx import go_to


@never_cache
@require_GET
def look_alikes(request: Request, pk: int) -> HttpResponse:
    """Who might be the same person; whoever is listed is noted."""
    known = visible_person(request, pk)
    require(request.user, "foreigners.judge_same", known)
    proposals = proposals_for(known)
    note_reading(
        request.user,
        Reading.Verb.LISTED,
        office_id=known.office_id,
        foreigners=[known, *(candidate.person for candidate, _verdict in proposals)],
        fields=["name", "number", "year"],
    )
    return render(
        request,
        "foreigners/person_look_alikes.html",
        {"person": known, "proposals": proposals},
    )


def pair(request: Request, pk: int, other_pk: int) -> tuple[Foreigner, Foreigner]:
    people = (
        Foreigner.objects.visible_to(request.user)
        .select_related("nationality")
        .prefetch_related(
            "other_names", "travel_documents", "stay_permits__kind", "statements"
        )
    )
    found = people.in_bulk([pk, other_pk])
    if len(found) != 2:
        raise Http404
    known, other = found[pk], found[other_pk]
    require(request.user, "foreigners.judge_same", known)
    return known, other


@never_cache
@require_http_methods(["GET", "POST"])
def compare(request: Request, pk: int, other_pk: int) -> HttpResponse:
    """Two records side by side, with what agrees and differs, and the verdict on them."""
    known, other = pair(request, pk, other_pk)
    form = VerdictForm(
        request.POST or None,
        initial={"revision": known.revision, "other_revision": other.revision},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            verdict = judge(
                known,
                other,
                answer=said["answer"],
                ground=said["ground"],
                revisions=(said["revision"], said["other_revision"]),
                by=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Putusan tersimpan: %s.") % verdict)
            return go_to(request, request.path)
    return show_pair(
        request, known, other, form=form, status=422 if form.errors else 200
    )


def show_pair(
    request: Request,
    known: Foreigner,
    other: Foreigner,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=known.office_id,
        foreigners=[known, other],
        fields=["identity", "documents", "permits", "statements"],
    )
    verdict = standing_verdict(known, other)
    context = {
        "person": known,
        "other": other,
        "rows": side_by_side(known, other),
        "verdict": verdict,
        "is_same": verdict is not None and verdict.answer == Verdict.Answer.SAME,
        "merge_form": MergeForm(),
        "form": VerdictForm(
            initial={"revision": known.revision, "other_revision": other.revision}
        ),
    }
    return render(
        request, "foreigners/person_compare.html", {**context, **more}, status=status
    )


@never_cache
@require_POST
def merge_persons(request: Request, pk: int, other_pk: int) -> HttpResponse:
    """``pk`` stays, ``other_pk`` goes into it."""
    known, other = pair(request, pk, other_pk)
    require(request.user, "foreigners.merge_persons", known)
    form = MergeForm(request.POST)
    if form.is_valid():
        try:
            merge(known, other, **form.cleaned_data, by=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("%(gone)s digabungkan ke %(kept)s. Penggabungan dapat dibatalkan.")
                % {"gone": other, "kept": known},
            )
            return go_to(request, known.get_absolute_url())
    return show_pair(request, known, other, merge_form=form, status=422)


@never_cache
@require_POST
def unmerge(request: Request, pk: int, merge_pk: int) -> HttpResponse:
    known = visible_person(request, pk)
    require(request.user, "foreigners.merge_persons", known)
    done = get_object_or_404(
        Merge.objects.select_related("kept", "gone"), pk=merge_pk, kept=known
    )
    form = UndoMergeForm(request.POST)
    if form.is_valid():
        try:
            undo_merge(done, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(
                request,
                _("Penggabungan dibatalkan: %s berdiri sendiri lagi.") % done.gone,
            )
            return go_to(
                request,
                reverse("foreigners:compare", args=[done.kept_id, done.gone_id]),
            )
    return show_person(request, known, undo_form=form, undoing=done.pk, status=422)
