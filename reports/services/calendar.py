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
    opened = []
    for kind in RECURRING:
        for period in missed(office, kind, today, since):
            try:
                opened.append(open_recap(office, period, by=None))
            except RecapExists:
                # Somebody was quicker; they know of it.
                continue
    if opened:
        tell(office, opened)


def missed(office: Office, kind: str, today: dt.date, since: dt.date) -> list[Period]:
    """Ended periods without a draft, the oldest first, back to the first record."""
    whole = Recap.objects.filter(office=office, kind=kind, district=None, level="")
    there = set(whole.values_list("starts_on", flat=True))
    period = Period.containing(kind, today)
    found = []
    for _turn in range(MOST_PERIODS):
        period = period.before()
        if period.ends_on >= since and period.starts_on not in there:
            found.append(period)
    return found[::-1]


def first_day_of(office: Office) -> dt.date:
    """The day of the first meeting or case: nothing before it is missed."""
    met = Meeting.objects.filter(office=office).aggregate(day=Min("starts_at"))["day"]
    opened = Case.objects.filter(office=office).aggregate(day=Min("registered_on"))
    days = [local_date(met, office.time_zone)] if met else []
    days += [opened["day"]] if opened["day"] else []
    return min(days)


def tell(office: Office, recaps: list[Recap]) -> None:
    """Whoever freezes them learns that drafts wait: section heads, else the chief."""
    staff = User.objects.filter(agency=office.pk, is_active=True)
    heads = staff.filter(role=User.Role.SECTION_HEAD)
    lines = [
        f"{recap}: {settings.SITE_URL}{recap.get_absolute_url()}" for recap in recaps
    ]
    for user in heads or staff.filter(role=User.Role.CHIEF):
        notify(
            key=f"recaps-{recaps[-1].pk}-{user.pk}",
            to=user.email,
            subject=_("Konsep rekap siap diperiksa: %s") % recaps[-1].period.label,
            body=_(
                "Konsep rekap berikut sudah disiapkan. Periksa angkanya, lengkapi "
                "permasalahan dan saran, lalu bekukan.\n\n%s\n"
            )
            % "\n".join(lines),
            office_id=office.pk,
        )
