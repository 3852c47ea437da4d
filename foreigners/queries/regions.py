"""The regions that an office works in, below the ones that it names."""

from django.db.models import QuerySet

from agencies.models import Region, User


def within_work_area(user: User, level: Region.Level) -> QuerySet[Region]:
    """Sub-districts or villages of the user's office."""
    codes = Region.objects.filter(offices=user.office_id).values_list("code", flat=True)
    return Region.objects.within_any(codes).filter(level=level)
