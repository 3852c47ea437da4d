"""What an office's administrator still has to see to, as sentences."""

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, Decree, Holiday, Signer, Team, User
from timpora.dates import long_date

WARNING_DAYS = 30


def gaps_of(office_id: int | None) -> list[str]:
    today = timezone.localdate()
    gaps = []
    if not Signer.objects.on(today).filter(office=office_id).exists():
        gaps.append(_("Belum ada penanda tangan yang berlaku hari ini."))
    gaps += [
        (
            _("%(team)s: SK %(number)s sudah berakhir %(day)s.")
            if decree.valid_to < today
            else _("%(team)s: SK %(number)s berakhir %(day)s.")
        )
        % {
            "team": decree.team,
            "number": decree.number,
            "day": long_date(decree.valid_to),
        }
        for decree in ending_decrees(office_id, today)
    ]
    bare = Team.objects.filter(office=office_id, is_active=True, decrees=None)
    gaps += [_("%s belum mempunyai SK.") % team for team in bare]
    silent = Agency.objects.filter(keeper=office_id, email="").count()
    if silent:
        gaps.append(_("%d instansi belum mempunyai alamat surel.") % silent)
    if not Holiday.objects.filter(date__year=today.year).exists():
        gaps.append(_("Hari libur tahun %d belum diisi.") % today.year)
    roles = {User.Role.CHIEF, User.Role.SECTION_HEAD, User.Role.OFFICER}
    filled = set(
        User.objects.filter(agency=office_id, is_active=True).values_list(
            "role", flat=True
        )
    )
    gaps += [
        _("Belum ada akun dengan peran %s.") % User.Role(role).label
        for role in sorted(roles - filled)
    ]
    return gaps


def ending_decrees(office_id: int | None, today: dt.date) -> list[Decree]:
    """Decrees that end soon and that no later one of the team follows."""
    later = Decree.objects.filter(
        team=OuterRef("team"), valid_to__gt=OuterRef("valid_to")
    )
    return list(
        Decree.objects.filter(
            ~Exists(later),
            team__office=office_id,
            team__is_active=True,
            valid_to__lte=today + dt.timedelta(days=WARNING_DAYS),
        ).select_related("team")
    )
