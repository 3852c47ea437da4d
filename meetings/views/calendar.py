import calendar as months
import datetime as dt
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agencies.http import Request
from meetings.models import Meeting
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
    return render(
        request,
        "meetings/meeting_calendar.html",
        {
            "month": month,
            "title": f"{MONTHS[month.month - 1]} {month.year}",
            "weekdays": WEEKDAYS,
            "weeks": [[(day, by_day.get(day, [])) for day in week] for week in weeks],
            "today": timezone.localdate(),
            "previous": month - dt.timedelta(days=1),
            "next": month + dt.timedelta(days=32),
        },
    )


def asked_month(text: str) -> dt.date:
    """The first day of the month that the address names; this month if it names none."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 -- a month only
    except ValueError:
        return timezone.localdate().replace(day=1)


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
