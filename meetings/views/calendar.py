import calendar as months
import datetime as dt
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agencies.http import Request, require
from agencies.models import Holiday
from meetings.models import Meeting
from meetings.services.calendar import published_file
from timpora.dates import MONTHS, WEEKDAYS


@require_GET
def calendar(request: Request) -> HttpResponse:
    """The meetings of one month, a row a week; the month is ``?bulan=2026-11``."""
    month = asked_month(request.GET.get("bulan", ""))
    weeks = months.Calendar().monthdatescalendar(month.year, month.month)
    meetings = Meeting.objects.visible_to(request.user).filter(
        starts_at__gte=midnight(weeks[0][0]),
        starts_at__lt=midnight(weeks[-1][-1] + dt.timedelta(days=1)),
    )
    by_day = {
        day: list(group)
        for day, group in groupby(
            meetings.order_by("starts_at"),
            key=lambda m: timezone.localdate(m.starts_at),
        )
    }
    holidays = dict(
        Holiday.objects.filter(date__range=(weeks[0][0], weeks[-1][-1])).values_list(
            "date", "name"
        )
    )
    return render(
        request,
        "meetings/meeting_calendar.html",
        {
            "month": month,
            "title": f"{MONTHS[month.month - 1]} {month.year}",
            "weekdays": WEEKDAYS,
            "weeks": [
                [(day, by_day.get(day, []), holidays.get(day, "")) for day in week]
                for week in weeks
            ],
            "is_empty": not by_day,
            "today": timezone.localdate(),
            "previous": month - dt.timedelta(days=1),
            "next": month + dt.timedelta(days=32),
        },
    )


@require_GET
def meeting_calendar(request: Request, pk: int) -> HttpResponse:
    """One meeting for the calendar of whoever may open it."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("office__agency"), pk=pk
    )
    require(request.user, "meetings.view_meeting", meeting)
    response = HttpResponse(published_file(meeting), content_type="text/calendar")
    response["Content-Disposition"] = 'attachment; filename="rapat.ics"'
    return response


def asked_month(text: str) -> dt.date:
    """The first day of the month that the address names; this month if it names none."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 -- a month only
    except ValueError:
        return timezone.localdate().replace(day=1)


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
