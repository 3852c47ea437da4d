"""The calendar's part: each period that ended has a draft, and somebody is told."""

import datetime as dt

from django.conf import settings
from django.db.models import Min
from django.utils.translation import gettext as _

from agencies.models import Office, User
from agencies.services.notifying import notify
from foreigners.models import Case
from meetings.models import Meeting
from reports.models import RECURRING, Period, Recap
from reports.services.recaps import RecapExists, has_records, open_recap
from timpora.dates import local_date

# A machine that was off longer than this is caught up by hand.
MOST_PERIODS = 12


def prepare_drafts(at: dt.datetime) -> None:
    """Open what ended since the last draft of its kind; once, whoever asks how often."""
    for office in Office.objects.select_related("agency"):
        if has_records(office):
            prepare_for(office, local_date(at, office.time_zone))


def prepare_for(office: Office, today: dt.date) -> None:
    since = first_day_of(office)
    for kind in RECURRING:
        for period in missed(office, kind, today, since):
            try:
                recap = open_recap(office, period, by=None)
            except RecapExists:
                continue
            tell(recap)


def missed(
    office: Office, kind: str, today: dt.date, since: dt.date
) -> list[Period]:
    """Ended periods without a draft, the oldest first, back to the first record."""
    there = set(
        Recap.objects.filter(
            office=office, kind=kind, district=None, level=""
        ).values_list("starts_on", flat=True)
    )
    period = Period.containing(kind, today).before()
    found = []
    while len(found) < MOST_PERIODS and period.ends_on >= since:
        if period.starts_on in there:
            break
        found.append(period)
        period = period.before()
    return found[::-1]


def first_day_of(office: Office) -> dt.date:
    """The day of the first meeting or case: nothing before it is missed."""
    met = Meeting.objects.filter(office=office).aggregate(day=Min("starts_at"))["day"]
    opened = Case.objects.filter(office=office).aggregate(day=Min("registered_on"))
    days = [local_date(met, office.time_zone)] if met else []
    days += [opened["day"]] if opened["day"] else []
    return min(days)


def tell(recap: Recap) -> None:
    """Whoever freezes it learns that a draft waits: section heads, else the chief."""
    staff = User.objects.filter(agency=recap.office_id, is_active=True)
    heads = staff.filter(role=User.Role.SECTION_HEAD)
    for user in heads or staff.filter(role=User.Role.CHIEF):
        notify(
            key=f"recap-{recap.pk}-{user.pk}",
            to=user.email,
            subject=_("Konsep %s siap diperiksa") % recap,
            body=_(
                "Konsep %(recap)s sudah disiapkan. Periksa angkanya, lengkapi permasalahan "
                "dan saran, lalu bekukan:\n%(link)s\n"
            )
            % {"recap": recap, "link": settings.SITE_URL + recap.get_absolute_url()},
            office_id=recap.office_id,
        )
