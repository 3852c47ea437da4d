"""The regions that an office works in, below the ones that it names."""

from django.db.models import Q, QuerySet

from agencies.models import Region, User


def within_work_area(user: User, level: Region.Level) -> QuerySet[Region]:
    """Sub-districts or villages of the user's office."""
    codes = Region.objects.filter(offices=user.office_id).values_list("code", flat=True)
    area = Q(pk__in=[])
    for code in codes:
        area |= Q(code=code) | Q(code__startswith=f"{code}.")
    return Region.objects.filter(area, level=level)
