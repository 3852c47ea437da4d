"""The demonstration's office: directory, people, teams and decrees, numbering."""

import datetime as dt
import secrets
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password

from agencies.models import (
    Agency,
    AgencyName,
    AgencyType,
    Decree,
    Logo,
    Membership,
    Office,
    Region,
    Signer,
    Team,
    User,
)
from documents.models import Document, NumberPattern
from reports.demonstration.directory import (
    DISTRICTS,
    GUESTS,
    HOST,
    MEMBERS,
    OTHERS,
    REGIONAL_OFFICE,
    STAFF,
    Body,
    person_name,
)
from reports.demonstration.drawings import emblem

LEGAL_BASES = """\
Undang-Undang Nomor 6 Tahun 2011 tentang Keimigrasian sebagaimana telah beberapa kali diubah terakhir dengan Undang-Undang Nomor 63 Tahun 2024
Peraturan Pemerintah Nomor 31 Tahun 2013 tentang Peraturan Pelaksanaan Undang-Undang Nomor 6 Tahun 2011 tentang Keimigrasian beserta perubahannya
Peraturan Menteri Imigrasi dan Pemasyarakatan Nomor 2 Tahun 2025 tentang Pengawasan Keimigrasian dan Tindakan Administratif Keimigrasian"""

PATTERNS = {
    Document.Kind.INVITATION: ("{unit}-{klasifikasi}-{nomor}", "GR.06.01"),
    Document.Kind.ATTENDANCE: ("{unit}-{klasifikasi}-DH.{nomor}", "GR.06.01"),
    Document.Kind.MINUTES: ("{unit}-{klasifikasi}-N.{nomor}/{tahun}", "GR.04.02"),
    Document.Kind.MINUTES_RESTRICTED: (
        "{unit}-{klasifikasi}-NT.{nomor}/{tahun}",
        "GR.04.02",
    ),
    Document.Kind.ORDER: ("{unit}-{klasifikasi}-{nomor}", "GR.03.01"),
    Document.Kind.EXAMINATION: ("{unit}-{klasifikasi}-BAP.{nomor}/{tahun}", "GR.03.01"),
    Document.Kind.CONFERENCE: ("{unit}-{klasifikasi}-GK.{nomor}/{tahun}", "GR.04.04"),
    Document.Kind.MEASURE: ("{unit}-{nomor}.{klasifikasi} TAHUN {tahun}", "GR.04.05"),
    Document.Kind.SERVICE: ("{unit}-{klasifikasi}-BP.{nomor}/{tahun}", "GR.04.05"),
    Document.Kind.OBJECTION: ("{unit}-{klasifikasi}-TT.{nomor}/{tahun}", "GR.04.05"),
    Document.Kind.EVIDENCE: ("{unit}-{klasifikasi}-BB.{nomor}/{tahun}", "GR.04.04"),
    Document.Kind.REFERRAL: ("{unit}-{klasifikasi}-L.{nomor}", "GR.07.02"),
    Document.Kind.OPERATION: ("{unit}-{klasifikasi}-LK.{nomor}/{tahun}", "GR.04.02"),
    Document.Kind.RECAP: ("{unit}-{klasifikasi}-R.{nomor}/{tahun}", "GR.01.01"),
    Document.Kind.RECAP_PUBLIC: ("{unit}-{klasifikasi}-RP.{nomor}/{tahun}", "GR.01.01"),
}


@dataclass
class Cast:
    """Everything that the meetings need, by the keys of the scripts."""

    office: Office
    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    staff: dict[str, User] = field(default_factory=dict)
    liaisons: dict[str, User] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)
    # What var/demo-accounts.json holds: role, agency, name, email, password.
    accounts: list[dict[str, str]] = field(default_factory=list)


def make_office(body: Body, *, unit_code: str, city: str, lines: str) -> Office:
    return Office.objects.create(
        agency=make_agency(body, keeper=None),
        logo=Logo.objects.create(png=emblem()),
        unit_code=unit_code,
        city=city,
        letterhead="KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA\n"
        f"DIREKTORAT JENDERAL IMIGRASI\n{lines}",
        address=f"Jalan Contoh Nomor 1, {city}, Banten",
        website=f"{body.key}.example",
        email=f"surat@{body.key}.example",
        phone="(0254) 000000",
        legal_bases=LEGAL_BASES,
        data_protection_contact=f"Pejabat Pelindungan Data, pdp@{body.key}.example",
    )


def make_agency(body: Body, *, keeper: Office | None) -> Agency:
    return Agency.objects.create(
        type=AgencyType.objects.get(pk=body.type),
        name=body.name,
        short_name=body.short_name,
        region=Region.objects.filter(pk=body.region).first(),
        address=f"Jalan Contoh {body.short_name}",
        email=f"sekretariat@{body.key}.example",
        withholds_names=body.withholds_names,
        keeper=keeper,
    )


def make_account(
    cast: Cast, *, email: str, role: str, agency: Agency, **fields: Any
) -> User:
    """An account whose random password is told once, in the list of accounts."""
    password = secrets.token_urlsafe(12)
    user = User.objects.create(
        email=email,
        role=role,
        agency=agency,
        password=make_password(password),
        **fields,
    )
    cast.accounts.append(
        {
            "role": role,
            "agency": agency.short_name,
            "name": user.name,
            "email": email,
            "password": password,
        }
    )
    return user


def build_cast(*, today: dt.date) -> Cast:
    """The office of Cilegon and everybody around it, as on ``today``."""
    office = make_office(
        HOST,
        unit_code="WIM.12.IMI.IMI.3",
        city="Cilegon",
        lines="KANTOR WILAYAH BANTEN\nKANTOR IMIGRASI KELAS II TPI CILEGON",
    )
    office.work_regions.set(
        Region.objects.filter(
            code__in=["36.72", *(f"36.04.{n:02}" for n in range(5, 9))]
        )
    )
    cast = Cast(office=office, agencies={"kanim": office.agency})
    for body in (*MEMBERS, *GUESTS, *OTHERS, *DISTRICTS):
        cast.agencies[body.key] = make_agency(body, keeper=office)
    AgencyName.objects.create(
        agency=cast.agencies["bkk"],
        name="Kantor Kesehatan Pelabuhan Kelas II Banten",
        short_name="KKP Banten",
        valid_to=dt.date(2023, 12, 31),
        ground="Permenkes 10/2023",
    )
    hire(cast, office)
    for number, body in enumerate((*MEMBERS, *GUESTS, *OTHERS, *DISTRICTS)):
        name_liaison(cast, body, number)
    found_teams(cast, today=today)
    return cast


def hire(cast: Cast, office: Office) -> None:
    for number, (role, name, post, rank) in enumerate(STAFF):
        user = make_account(
            cast,
            email=f"{role.replace('_', '-')}{number or ''}@kanim-cilegon.example",
            role=role,
            agency=office.agency,
            name=name,
            post=post,
            rank=rank,
            nip=f"1980010120050{number + 1:05}",
        )
        cast.staff.setdefault(role, user)
    chief = cast.staff["chief"]
    Signer.objects.create(
        office=office,
        user=chief,
        name=chief.name,
        rank=chief.rank,
        nip=chief.nip,
        post="Kepala Kantor",
    )
    for kind, (pattern, code) in PATTERNS.items():
        NumberPattern.objects.create(
            office=office, kind=kind, pattern=pattern, classification_code=code
        )


def name_liaison(cast: Cast, body: Body, number: int) -> None:
    cast.posts[body.key] = body.posts[1]
    cast.liaisons[body.key] = make_account(
        cast,
        email=f"penghubung@{body.key}.example",
        role=User.Role.LIAISON,
        agency=cast.agencies[body.key],
        name="Perwakilan" if body.withholds_names else person_name(number),
        post=body.posts[1],
    )


def found_teams(cast: Cast, *, today: dt.date) -> None:
    """Two teams under decrees of their years; the sub-districts' ends in twenty days."""
    start = dt.date(2025, 1, 6)
    city = [*MEMBERS, *OTHERS]
    for key, name, level, regions, bodies, until in (
        ("kota", "Tim Pora Kota Cilegon", Team.Level.REGENCY, ["36.72"], city, dt.date(today.year + 1, 12, 31)),
        ("kecamatan", "Tim Pora Kecamatan se-Kota Cilegon", Team.Level.DISTRICT, [b.region for b in DISTRICTS], [*DISTRICTS, *city], today + dt.timedelta(days=20)),
    ):  # fmt: skip
        team = Team.objects.create(office=cast.office, name=name, level=level)
        team.regions.set(Region.objects.filter(code__in=regions))
        Decree.objects.create(
            team=team,
            number=f"WIM.12.IMI.IMI.3-{len(cast.teams) + 11}.GR.06.01 TAHUN {start.year}",
            signed_on=start,
            valid_from=start,
            valid_to=until,
        )
        Membership.objects.bulk_create(
            Membership(
                team=team,
                agency=cast.agencies[body.key],
                post=body.posts[0],
                valid_from=start,
            )
            for body in bodies
        )
        cast.teams[key] = team


def build_regional_cast(host: Cast, *, today: dt.date) -> Cast:
    """The regional office, which invites the office of Cilegon as a member of its team."""
    office = make_office(
        REGIONAL_OFFICE,
        unit_code="WIM.12",
        city="Serang",
        lines="KANTOR WILAYAH DIREKTORAT JENDERAL IMIGRASI BANTEN",
    )
    host.office.agency.parent = office.agency
    host.office.agency.save()
    cast = Cast(
        office=office,
        agencies=dict(host.agencies),
        posts={**host.posts, "kanim": HOST.posts[1]},
        accounts=host.accounts,
    )
    hire_regional_staff(cast, office)
    team = Team.objects.create(
        office=office, name="Tim Pora Provinsi Banten", level=Team.Level.PROVINCE
    )
    team.regions.set(Region.objects.filter(code="36"))
    Decree.objects.create(
        team=team,
        number="WIM.12-3.GR.06.01 TAHUN 2026",
        signed_on=today - dt.timedelta(days=200),
        valid_from=today - dt.timedelta(days=200),
        valid_to=today + dt.timedelta(days=400),
    )
    for key in ("kanim", "kanim-serang", "kanim-tangerang", "polairud"):
        Membership.objects.create(
            team=team,
            agency=cast.agencies[key],
            valid_from=today - dt.timedelta(days=200),
        )
    cast.teams["provinsi"] = team
    return cast


def hire_regional_staff(cast: Cast, office: Office) -> None:
    for number, role in enumerate(("chief", "officer"), start=20):
        cast.staff[role] = make_account(
            cast,
            email=f"{role}@kanwil-banten.example",
            role=role,
            agency=office.agency,
            name=person_name(number),
            post="Kepala Kantor Wilayah" if role == "chief" else "Analis Keimigrasian",
            nip=f"1981010120060{number:05}",
        )
    chief = cast.staff["chief"]
    Signer.objects.create(
        office=office, user=chief, name=chief.name, nip=chief.nip, post=chief.post
    )
    for kind, (pattern, code) in PATTERNS.items():
        NumberPattern.objects.create(
            office=office, kind=kind, pattern=pattern, classification_code=code
        )
