"""E-mail before and after a due date, once each, without what the duty says."""

import datetime as dt

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Notification, User
from agencies.services.notifying import notify
from meetings.models import FollowUp
from timpora.dates import local_date, long_date

DAYS_BEFORE = 3
# A machine that was off still reminds, but nobody is reminded of last year's duty.
DAYS_AFTER = 7


def remind_of_due_dates() -> int:
    """Owe one mail per duty, occasion and recipient; answer how many were new.

    The occasion is part of the key of the notification, so running it twice, or on two
    machines, mails once.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    candidates = (
        FollowUp.objects.filter(
            state=FollowUp.State.OPEN,
            due_on__range=(
                today - dt.timedelta(days=DAYS_AFTER + 1),
                today + dt.timedelta(days=DAYS_BEFORE + 1),
            ),
        )
        .select_related("owner", "origin", "office")
        .prefetch_related(
            Prefetch(
                "owner__users",
                queryset=User.objects.filter(role=User.Role.LIAISON, is_active=True),
            )
        )
    )
    owed = {
        key: (follow_up, address, occasion)
        for follow_up in candidates
        if (occasion := occasion_on(follow_up, at=now))
        for address in recipients_of(follow_up)
        for key in [f"follow-up:{follow_up.pk}:{occasion}:{follow_up.due_on}:{address}"]
    }
    known = set(Notification.objects.filter(key__in=owed).values_list("key", flat=True))
    new = {key: reminder for key, reminder in owed.items() if key not in known}
    for key, (follow_up, address, occasion) in new.items():
        remind(follow_up, key=key, address=address, occasion=occasion)
    return len(new)


def occasion_on(follow_up: FollowUp, *, at: dt.datetime) -> str:
    """Which reminder the civil date in the office's zone asks for; empty for none."""
    left = (follow_up.due_on - local_date(at, follow_up.office.time_zone)).days
    if 0 <= left <= DAYS_BEFORE:
        return "before"
    if -DAYS_AFTER <= left < 0:
        return "after"
    return ""


def recipients_of(follow_up: FollowUp) -> list[str]:
    """The agency's liaisons; where it has none, the agency's own address."""
    agency = follow_up.owner
    addresses = [liaison.email for liaison in agency.users.all()]
    return addresses or [agency.email] * bool(agency.email)


def remind(follow_up: FollowUp, *, key: str, address: str, occasion: str) -> None:
    due = long_date(follow_up.due_on)
    if occasion == "before":
        subject = _("Pengingat: tindak lanjut jatuh tempo %s") % due
        opening = _("Satu tindak lanjut instansi Anda jatuh tempo pada %s.") % due
    else:
        subject = _("Melewati tenggat: tindak lanjut %s") % due
        opening = _("Satu tindak lanjut instansi Anda melewati tenggat %s.") % due
    link = settings.SITE_URL + follow_up.get_absolute_url()
    body = "\n\n".join(
        [
            opening,
            _("Asal: %s.") % follow_up.origin.title,
            _("Baca dan laporkan kemajuannya di:") + f"\n{link}",
            _(
                "Surel ini dikirim otomatis oleh TIMPORA; isi tindak lanjut tidak dimuat."
            ),
        ]
    )
    notify(
        key=key, to=address, subject=subject, body=body, office_id=follow_up.office_id
    )
