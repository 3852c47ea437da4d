"""The office, its team and its accounts before the meeting of 23 July 2025 is thought of."""

import json
from pathlib import Path
from typing import Any

from agencies.models import Agency, AgencyName, User
from agencies.tests.factories import (
    AgencyFactory,
    AgencyTypeFactory,
    DecreeFactory,
    MembershipFactory,
    OfficeFactory,
    RegionFactory,
    SignerFactory,
    TeamFactory,
    UserFactory,
)
from documents.models import Document
from documents.tests.factories import NumberPatternFactory

FACTS: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "cilegon_city_meeting.json").read_text()
)
PASSWORD = "rapat-cilegon-dua-puluh-tiga"
NAMELESS = {"BAIS", "BIN"}
PAPERS = (
    Document.Kind.INVITATION,
    Document.Kind.MINUTES,
    Document.Kind.MINUTES_RESTRICTED,
)


class Cilegon:
    """Everything that an administrator set up beforehand, and nothing of the meeting."""

    def __init__(self) -> None:
        place = FACTS["meeting"]["scope_region"]
        self.city = RegionFactory(code=place["code"], name=place["name"])
        RegionFactory(code="36", name="Banten", level="provinsi")
        venue = FACTS["meeting"]["venue_region"]
        RegionFactory(code=venue["code"], name=venue["name"], level="kecamatan")
        self.office = OfficeFactory(
            agency__name=FACTS["host"]["name"], agency__short_name="Kanim Cilegon"
        )
        self.office.work_regions.add(self.city)
        self.team = TeamFactory(
            office=self.office,
            name=f"Tim Pora {self.city.name}",
            level=FACTS["meeting"]["level"],
            regions=[self.city],
        )
        DecreeFactory(team=self.team)
        for kind in PAPERS:
            NumberPatternFactory(office=self.office, kind=kind)
        self.agencies = {row["type"]: member(row) for row in FACTS["members_invited"]}
        for agency in self.agencies.values():
            MembershipFactory(team=self.team, agency=agency)
        self.guests = [agency_of(row) for row in FACTS["guests"]]
        self._people()

    def _people(self) -> None:
        kanim = self.office.agency
        self.officer = account("Dewi Contoh, A.Md.Im.", kanim, User.Role.OFFICER)
        self.head = account("Ratna Contoh, S.Sos.", kanim, User.Role.SECTION_HEAD)
        self.chief = account("Dr. H. Bima Contoh, S.H.", kanim, User.Role.CHIEF)
        self.civil_registry = account(
            "Sri Contoh", self.agencies["DISDUKCAPIL"], User.Role.LIAISON
        )
        SignerFactory(office=self.office, user=self.chief, name=self.chief.name)


def member(row: dict[str, Any]) -> Agency:
    agency = agency_of(row)
    if earlier := row.get("earlier"):
        AgencyName.objects.create(agency=agency, **earlier)
    return agency


def agency_of(row: dict[str, Any]) -> Agency:
    order = [body["type"] for body in FACTS["members_invited"]]
    kind = row["type"]
    return AgencyFactory(
        type=AgencyTypeFactory(
            code=kind,
            name=kind.capitalize(),
            order=order.index(kind) + 1 if kind in order else 0,
        ),
        name=row["name"],
        short_name=row["short_name"],
        withholds_names=kind in NAMELESS,
    )


def account(name: str, agency: Agency, role: str) -> User:
    user: User = UserFactory(name=name, agency=agency, role=role)
    user.set_password(PASSWORD)
    user.save()
    return user
