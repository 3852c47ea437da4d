from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agencies.http import Request
from documents.models import Document
from meetings.models import FollowUp, Meeting
from reports.queries.home import duties_of
from reports.queries.standing import standing_of


@require_GET
def home(request: Request) -> HttpResponse:
    """What waits for me, the next meeting, what is overdue, the latest minutes."""
    user, today = request.user, timezone.localdate()
    upcoming = Meeting.objects.visible_to(user).upcoming(timezone.now())
    overdue = FollowUp.objects.readable_by(user).overdue(today)
    minutes = Document.objects.visible_to(user).filter(kind=Document.Kind.MINUTES)
    return render(
        request,
        "reports/home.html",
        {
            "today": today,
            "duties": duties_of(user),
            "standing": standing_of(user, year=today.year),
            "next_meeting": upcoming.first(),
            "overdue": overdue.for_list()[:5],
            "overdue_count": overdue.count(),
            "latest_minutes": minutes.prefetch_related("versions")[:3],
        },
    )
