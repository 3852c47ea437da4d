"""Words of their own in every place of a person that not everybody may read."""

from typing import Any

from foreigners.services.matching import index_names
from foreigners.tests.factories import (
    ForeignerFactory,
    GuaranteeFactory,
    OtherNameFactory,
    ProtectionFactory,
    StatementFactory,
    StayPermitFactory,
    TravelDocumentFactory,
)
from timpora.tests import canaries_cases
from timpora.tests.world import World

OFFICE = canaries_cases.OFFICE

CANARIES: dict[str, set[str]] = {
    "KXNAMAOA": OFFICE,
    "kxlahir": OFFICE,
    "kxalias": OFFICE,
    "kxsumber": OFFICE,
    "kxketerangan": OFFICE,
    "kxinap": OFFICE,
    "kxpenjamin": OFFICE,
    # A number is shown by an act alone, never by following links.
    "KX7712349": set(),
    "KXIZIN0009": set(),
    "kxlindung": {"section_head", "chief"},
}


def plant_persons(world: World, people: dict[str, Any]) -> None:
    person, twin = (
        ForeignerFactory(
            office=world.office, name=f"KXNAMAOA CONTOH{end}", birth_place="kxlahir"
        )
        for end in ("", "O")
    )
    for one in (person, twin):
        index_names(one)
    OtherNameFactory(foreigner=person, name="kxalias", source="kxsumber")
    StatementFactory(foreigner=person, value="kxketerangan", lodging="kxinap")
    StatementFactory(foreigner=person, value="Yang lain")
    GuaranteeFactory(foreigner=person, guarantor__name="kxpenjamin")
    StayPermitFactory(foreigner=person, number="KXIZIN0009")
    ProtectionFactory(
        foreigner=person, note="kxlindung", determined_by=people["officer"]
    )
    TravelDocumentFactory(foreigner=person, number="KX7712349")
