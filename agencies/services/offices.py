"""Immigration offices: opened from the command line, completed on their own page."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency, AgencyType, Office
from agencies.services.audit import record
from timpora.errors import DomainError

KIND = "KANIM"
TITLE = "Kantor Imigrasi"


class CityMissing(DomainError):
    pass


@transaction.atomic
def office_called(name: str, *, city: str) -> Office:
    """The office of that name, whatever the case of its letters; opened if there is none.

    A new office has a name and a city; its administrator completes the rest.
    """
    agency = Agency.objects.filter(type=KIND, name__iexact=name).first()
    office = Office.objects.filter(agency=agency).first() if agency else None
    if office:
        return office
    if not city:
        raise CityMissing(_("Kantor ini belum ada. Sebutkan kotanya: --city …"))
    if agency is None:
        kind, _created = AgencyType.objects.get_or_create(
            code=KIND, defaults={"name": TITLE}
        )
        agency = Agency.objects.create(
            type=kind, name=name, short_name=name.replace(TITLE, "Kanim")[:60]
        )
    office = Office.objects.create(agency=agency, city=city, letterhead=name.upper())
    record(None, "masters.open_office", office, office_id=office.pk, name=name)
    return office
