from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request, require
from meetings.forms.convening import AgendaItemForm
from meetings.models import AgendaItem, Meeting
from meetings.services.agenda import add_item, change_item, move_item, remove_item
from meetings.services.letters import rundown_of
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def agenda(request: Request, pk: int) -> HttpResponse:
    """The rundown with its times, and the form for one more item."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("office__agency"), pk=pk
    )
    require(request.user, "meetings.edit_meeting", meeting)
    form = AgendaItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_item(meeting, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return go_to(request, request.path)
    items = list(meeting.agenda.all())
    return render(
        request,
        "meetings/agenda.html",
        {
            "meeting": meeting,
            "rows": list(zip(items, rundown_of(meeting), strict=True)),
            "acts": [
                ("naik", "↑", _("Naikkan")),
                ("turun", "↓", _("Turunkan")),
                ("hapus", "✕", _("Hapus")),
            ],
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def item_of(request: Request, pk: int) -> AgendaItem:
    item = get_object_or_404(
        AgendaItem.objects.filter(
            meeting__in=Meeting.objects.visible_to(request.user)
        ).select_related("meeting__office"),
        pk=pk,
    )
    require(request.user, "meetings.edit_meeting", item.meeting)
    return item


@require_http_methods(["GET", "POST"])
def agenda_item(request: Request, pk: int) -> HttpResponse:
    item = item_of(request, pk)
    form = AgendaItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        try:
            change_item(item, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return go_to(request, agenda_url(item))
    return render(
        request,
        "meetings/agenda_item.html",
        {"form": form, "item": item, "meeting": item.meeting},
        status=422 if form.errors else 200,
    )


@require_POST
def agenda_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Move an item up or down, or take it out."""
    item = item_of(request, pk)
    steps = {"naik": -1, "turun": 1}
    if act not in {*steps, "hapus"}:
        raise Http404
    try:
        if act == "hapus":
            remove_item(item, by=request.user)
            messages.success(request, _("Mata acara dihapus."))
        else:
            move_item(item, steps=steps[act], by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    return go_to(request, agenda_url(item))


def agenda_url(item: AgendaItem) -> str:
    return reverse("meetings:agenda", args=[item.meeting_id])
