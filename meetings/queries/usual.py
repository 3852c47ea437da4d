"""What a new meeting of an office usually says."""

import datetime as dt
from typing import Any

from agencies.models import Team, User


def usual_of(user: User) -> dict[str, Any]:
    """The first values of the form; each of them may be changed there."""
    workers = User.objects.filter(agency=user.agency_id, is_active=True)
    teams = Team.objects.visible_to(user).filter(is_active=True)[:2]
    return {
        "team": teams[0] if len(teams) == 1 else None,
        "level": Team.Level.REGENCY,
        "start": dt.time(9),
        "end": dt.time(12),
        "chair": workers.filter(role=User.Role.CHIEF).first(),
        "secretary": workers.filter(role=User.Role.SECTION_HEAD).first(),
        "minute_taker": user,
        "legal_bases": user.agency.office.legal_bases,
    }
