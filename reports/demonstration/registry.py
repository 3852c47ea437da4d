"""Enters the invented foreigners through the services, after a search, as an officer does."""

import datetime as dt
from dataclasses import dataclass, field

from agencies.models import Region, User
from foreigners.models import (
    Foreigner,
    Guarantor,
    Nationality,
    PermitKind,
    Protection,
    Statement,
    TravelDocument,
    VisaIndex,
)
from foreigners.services.identifying import register_person
from foreigners.services.keeping import (
    add_guarantee,
    add_name,
    add_permit,
    add_statement,
)
from foreigners.services.protecting import determine
from foreigners.services.searching import search_persons
from reports.demonstration.masters import Cast
from reports.demonstration.people import (
    ADDRESS_CONFLICTS,
    DISTRICT_VILLAGES,
    FIRMS,
    PEOPLE,
    SPOUSES,
    Person,
    day_in,
)

# How long each kind of permit runs, in days; one that ends in a year began long ago.
PERMIT_RUNS = {"ITAP": 1825, "ITAS": 730, "UNHCR": 730}
SHORT_RUN = 365
ADDRESS_STATED_AFTER = 14


@dataclass
class Registry:
    """Who is known by the keys of the scripts."""

    people: dict[str, Foreigner] = field(default_factory=dict)
    guarantors: dict[str, Guarantor] = field(default_factory=dict)


def register_people(cast: Cast, *, today: dt.date) -> Registry:
    registry = Registry()
    officer = cast.staff["officer"]
    for number, person in enumerate(PEOPLE, start=1):
        made = enter(person, number, officer, today=today)
        registry.people[person.key] = made
        permit = add_permit(made, by=officer, **permit_of(person, today=today))
        village = Region.objects.get(pk=villages_of(person)[0])
        stated_on = day_in(permit.starts_on or today, ADDRESS_STATED_AFTER)
        say_address(made, cast, "kanim", village, number, stated_on=stated_on)
        if person.guarantor:
            stand_for(made, person, registry, officer, today=today)
    for key, code in ADDRESS_CONFLICTS:
        village = Region.objects.get(pk=code)
        say_address(
            registry.people[key],
            cast,
            "disdukcapil",
            village,
            99,
            stated_on=day_in(today, -60),
        )
    differ_on_marriage(registry.people["k01"], cast, today=today)
    ask_protection(registry, cast)
    return registry


def villages_of(person: Person) -> tuple[str, ...]:
    return DISTRICT_VILLAGES[person.district]


def enter(person: Person, number: int, by: User, *, today: dt.date) -> Foreigner:
    _found, token = search_persons(by=by, name=person.name, birth_year=person.birth[0])
    year, month, day = person.birth
    nationality = Nationality.objects.get(pk=person.nationality)
    made = register_person(
        token=token,
        by=by,
        identity={
            "name": person.name,
            "sex": person.sex,
            "birth_year": year,
            "birth_month": month,
            "birth_day": day,
            "birth_place": "",
            "nationality": nationality,
            "identity": Foreigner.Identity.ESTABLISHED,
        },
        document={
            "kind": TravelDocument.Kind.REFUGEE
            if person.permit[0] == "UNHCR"
            else TravelDocument.Kind.PASSPORT,
            # A series that no state issues.
            "number": f"ZZ00A{number:04d}",
            "issuer": nationality,
            "issued_on": day_in(today, -900 - number),
            "expires_on": day_in(today, 900 + number),
        },
    )
    if person.other_name:
        add_name(made, by=by, name=person.other_name, source="Paspor", noted_on=today)
    return made


def permit_of(person: Person, *, today: dt.date) -> dict[str, object]:
    kind, index = person.permit
    ends_on = day_in(today, person.ends_in)
    run = PERMIT_RUNS.get(kind, SHORT_RUN)
    return {
        "kind": PermitKind.objects.filter(code=kind).first(),
        "index": VisaIndex.objects.filter(code=index).first() if index else None,
        "number": f"CONTOH-{person.key.upper()}",
        "starts_on": day_in(ends_on, -run),
        "ends_on": ends_on,
        "issuing_office": "Kanim Cilegon",
    }


def say_address(
    person: Foreigner,
    cast: Cast,
    agency: str,
    village: Region,
    number: int,
    *,
    stated_on: dt.date,
) -> None:
    add_statement(
        person,
        by=cast.staff["officer"],
        subject=Statement.Subject.ADDRESS,
        value=f"Jalan Contoh Nomor {number}, {village.name}",
        region=village,
        agency=cast.agencies[agency],
        stated_on=stated_on,
    )


def differ_on_marriage(person: Foreigner, cast: Cast, *, today: dt.date) -> None:
    """Kemenag and Disdukcapil do not agree, as they did not in the field."""
    for agency, value in (
        ("kemenag", "Kawin campur, tercatat di KUA"),
        ("disdukcapil", "Belum kawin menurut akta"),
    ):
        add_statement(
            person,
            by=cast.staff["officer"],
            subject=Statement.Subject.MARRIAGE,
            value=value,
            agency=cast.agencies[agency],
            stated_on=day_in(today, -40),
        )


def stand_for(
    made: Foreigner, person: Person, registry: Registry, by: User, *, today: dt.date
) -> None:
    key = person.guarantor
    known = registry.guarantors.get(key)
    is_firm = key in FIRMS
    name, kbli = FIRMS[key] if is_firm else (SPOUSES[key], "")
    guarantee = add_guarantee(
        made,
        by=by,
        guarantor=known,
        new_guarantor={
            "kind": Guarantor.Kind.COMPANY if is_firm else Guarantor.Kind.PERSON,
            "name": name,
            "kbli": kbli,
            "address": f"Jalan Contoh {name}, Kota Cilegon",
        },
        role="Pemberi kerja" if is_firm else "Keluarga",
        starts_on=day_in(today, -400),
    )
    registry.guarantors[key] = guarantee.guarantor


def ask_protection(registry: Registry, cast: Cast) -> None:
    """The gate of whoever a measure may move: asked, and answered for each."""
    head = cast.staff["section_head"]
    for key in ("a", "b", "d", "p", "k12"):
        for kind in Protection.Kind:
            is_so = (key, kind) in {
                ("p", Protection.Kind.REFUGEE),
                ("k12", Protection.Kind.CHILD),
            }
            determine(
                registry.people[key],
                kind=kind,
                answer=Protection.Answer.YES if is_so else Protection.Answer.NO,
                note="Ditanyakan dan diperiksa pada berkas yang ditunjukkan.",
                answers_read=registry.people[key].protections.count(),
                by=head,
            )
