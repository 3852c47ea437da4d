import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.http import Request, require, typed_over
from meetings.forms.entries import DeleteEntryForm, EntryForm, values_of
from meetings.models import AgendaItem, Entry, Meeting, Minutes
from meetings.queries.minutes import (
    agency_tiles,
    attending_people,
    by_item,
    decision_numbers,
    entry_lines,
)
from meetings.services.carried import carried_follow_ups
from meetings.services.entries import (
    EntryChanged,
    EntryGone,
    delete_entry,
    move_entry,
    save_entry,
)
from timpora.errors import DomainError

EDITOR = "meetings/minutes_edit.html"


@require_GET
def minutes(request: Request, pk: int) -> HttpResponse:
    """The editor for whoever writes a draft, else what the reader may read."""
    meeting = _meeting(request, pk)
    require(request.user, "meetings.view_meeting", meeting)
    current = Minutes.objects.visible_to(request.user).filter(meeting=meeting).first()
    if current is None:
        return render(request, "meetings/minutes_none.html", {"meeting": meeting})
    current.meeting = meeting
    writes = request.user.has_perm("meetings.take_minutes", meeting)
    if writes and current.takes_entries:
        return _editor(request, current)
    return _read(request, current)


@require_GET
def minutes_entries(request: Request, pk: int) -> HttpResponse:
    """The entries of one item, asked every few seconds; 204 while nothing changed."""
    current = _draft(request, pk)
    if request.GET.get("revisi") == str(current.revision):
        return HttpResponse(status=204)
    item = _item(request, current)
    return render(request, f"{EDITOR}#entries", _list(current, item))


@require_POST
def entry_save(request: Request, pk: int, key: uuid.UUID) -> HttpResponse:
    current = _draft(request, pk)
    form = EntryForm(request.POST, minutes=current)
    if not form.is_valid():
        return _refused(request, current, key, form, 422)
    try:
        entry = save_entry(
            current,
            key=key,
            revision=form.cleaned_data["revision"],
            said=form.said,
            by=request.user,
        )
    except EntryChanged as error:
        theirs = current.entries.get(key=key)
        return _refused(request, current, key, form, 409, str(error), theirs)
    except EntryGone as error:
        return _refused(request, current, key, form, 409, str(error))
    except DomainError as error:
        return _closed(request, current, str(error))
    if _is_autosave(request):
        return JsonResponse({"revision": entry.revision})
    return redirect(_address(current, entry.item_id))


@require_POST
def entry_delete(request: Request, pk: int, key: uuid.UUID) -> HttpResponse:
    current = _draft(request, pk)
    entry = get_object_or_404(current.entries, key=key)
    form = DeleteEntryForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Permintaan tidak lengkap."), status=422)
    try:
        delete_entry(
            current, entry, revision=form.cleaned_data["revision"], by=request.user
        )
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(_address(current, entry.item_id))


@require_POST
def entry_move(request: Request, pk: int, key: uuid.UUID) -> HttpResponse:
    current = _draft(request, pk)
    entry = get_object_or_404(current.entries, key=key)
    try:
        move_entry(current, entry, up="naik" in request.POST, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    if request.htmx:
        return render(request, f"{EDITOR}#entries", _list(current, entry.item))
    return redirect(_address(current, entry.item_id))


def _meeting(request: Request, pk: int) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user)
    return get_object_or_404(meetings.select_related("office__agency", "team"), pk=pk)


def _draft(request: Request, pk: int) -> Minutes:
    """The newest minutes of a meeting, for somebody who may write them."""
    meeting = _meeting(request, pk)
    require(request.user, "meetings.take_minutes", meeting)
    return get_object_or_404(
        Minutes.objects.filter(meeting=meeting)
        .select_related("meeting__office__agency", "meeting__team")
        .order_by("-version")[:1]
    )


def _item(request: Request, current: Minutes) -> AgendaItem | None:
    agenda = list(current.meeting.agenda.all())
    asked = request.GET.get("acara", "")
    return next(
        (i for i in agenda if str(i.pk) == asked), agenda[0] if agenda else None
    )


def _address(current: Minutes, item: int) -> str:
    return f"{reverse('meetings:minutes', args=[current.meeting_id])}?acara={item}"


def _list(current: Minutes, item: AgendaItem | None) -> dict[str, Any]:
    """What the list of one item shows."""
    numbers = decision_numbers(current.entries.only("minutes", "kind", "item"))
    entries = current.entries.filter(item=item)
    is_carried = item is not None and item.kind == AgendaItem.Kind.CARRIED
    return {
        "meeting": current.meeting,
        "minutes": current,
        "item": item,
        "lines": entry_lines(entries, current.meeting, numbers, reader=None),
        "carried": carried_follow_ups(current.meeting, with_restricted=True)
        if is_carried
        else [],
    }


def _editor(
    request: Request,
    current: Minutes,
    form: EntryForm | None = None,
    key: uuid.UUID | None = None,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    item = _item(request, current)
    if form is None:
        form, key = _form_for(request, current, item)
    elif form.is_bound and form["item"].value():
        chosen = current.meeting.agenda.filter(pk=_number(form["item"].value()))
        item = chosen.first() or item
    context = _list(current, item) | {
        "form": form,
        "key": key,
        "revision": form["revision"].value() or 0,
        "agenda": current.meeting.agenda.annotate(
            said=Count("entries", filter=Q(entries__minutes=current.pk))
        ),
        "tiles": agency_tiles(current.meeting),
        "people": attending_people(current.meeting),
        "kinds": Entry.Kind.choices,
        "questions": current.entries.filter(kind=Entry.Kind.QUESTION).select_related(
            "agency"
        ),
        "chosen": {name: str(form[name].value() or "") for name in form.fields},
        "shared": {str(pk) for pk in form["shared_with"].value() or ()},
    }
    return render(request, EDITOR, context | said, status=status)


def _form_for(
    request: Request, current: Minutes, item: AgendaItem | None
) -> tuple[EntryForm, uuid.UUID]:
    """An empty form under a new key, or the entry that ``?ubah=`` names."""
    try:
        key = uuid.UUID(request.GET.get("ubah", ""))
    except ValueError:
        key = uuid.uuid4()
    entry = current.entries.filter(key=key).first()
    start = values_of(entry) if entry else {"item": item and item.pk, "revision": 0}
    return EntryForm(initial=start, minutes=current), key


def _refused(
    request: Request,
    current: Minutes,
    key: uuid.UUID,
    form: EntryForm,
    status: int,
    refusal: str = "",
    theirs: Entry | None = None,
) -> HttpResponse:
    """The form back with everything typed; after a conflict beside the other text."""
    if _is_autosave(request):
        return JsonResponse({"errors": form.errors, "refusal": refusal}, status=status)
    if status == 409:
        typed = typed_over(request, revision=theirs.revision if theirs else 0)
        form = EntryForm(typed, minutes=current)
    return _editor(request, current, form, key, status, refusal=refusal, theirs=theirs)


def _closed(request: Request, current: Minutes, refusal: str) -> HttpResponse:
    if _is_autosave(request):
        return JsonResponse({"errors": {}, "refusal": refusal}, status=409)
    typed = request.POST.get("text", "")
    context = {"meeting": current.meeting, "refusal": refusal, "typed": typed}
    return render(request, "meetings/minutes_closed.html", context, status=409)


def _is_autosave(request: Request) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _number(value: Any) -> int:
    return int(value) if str(value).isdigit() else 0


def _read(request: Request, current: Minutes) -> HttpResponse:
    """The minutes as this reader may know them; for an auditor only that they exist."""
    user = request.user
    entries = Entry.objects.visible_to(user).filter(minutes=current)
    numbers = decision_numbers(current.entries.only("minutes", "kind", "item"))
    reader = user.agency_id if user.is_liaison else None
    lines = entry_lines(entries, current.meeting, numbers, reader=reader)
    context = {
        "meeting": current.meeting,
        "minutes": current,
        "reads": user.is_liaison or user.works_on_content,
        "sections": by_item(current.meeting.agenda.all(), lines),
        "fingerprint": current.circulation.sha256 if current.circulation else "",
    }
    return render(request, "meetings/minutes_read.html", context)
