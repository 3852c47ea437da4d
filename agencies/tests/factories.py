import datetime as dt

import factory

from agencies.models import (
    Agency,
    AgencyType,
    Decree,
    Membership,
    Office,
    Region,
    Signer,
    Team,
    User,
)


class RegionFactory(factory.django.DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "36.72"
    name = "Kota Cilegon"
    level = Region.Level.REGENCY


class AgencyTypeFactory(factory.django.DjangoModelFactory[AgencyType]):
    class Meta:
        model = AgencyType
        django_get_or_create = ("code",)

    code = "POLRES"
    name = "Kepolisian Resor"


class AgencyFactory(factory.django.DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    type = factory.SubFactory(AgencyTypeFactory)
    name = factory.Sequence("Kepolisian Resor {}".format)
    short_name = factory.Sequence("Polres {}".format)
    email = factory.Sequence("instansi{}@contoh.example".format)


class OfficeFactory(factory.django.DjangoModelFactory[Office]):
    class Meta:
        model = Office

    agency = factory.SubFactory(
        AgencyFactory,
        type__code="KANIM",
        type__name="Kantor Imigrasi",
        name=factory.Sequence("Kantor Imigrasi {}".format),
        short_name=factory.Sequence("Kanim {}".format),
    )
    unit_code = "WIM.12.IMI.IMI.3"
    city = "Cilegon"
    letterhead = (
        "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN\nDIREKTORAT JENDERAL IMIGRASI\n"
        "KANTOR IMIGRASI KELAS II TPI CILEGON"
    )
    address = "Jalan Contoh Nomor 1, Cilegon"


class SignerFactory(factory.django.DjangoModelFactory[Signer]):
    class Meta:
        model = Signer

    office = factory.SubFactory(OfficeFactory)
    name = "Dr. H. Contoh Demo, S.H., M.H."
    rank = "Pembina Tingkat I (IV/b)"
    nip = "198001012005011001"
    post = "Kepala Kantor"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """An officer of an office of their own; ``liaison=True`` for an agency's liaison."""

    class Meta:
        model = User

    class Params:
        office = factory.SubFactory(OfficeFactory)
        liaison = factory.Trait(
            role=User.Role.LIAISON, agency=factory.SubFactory(AgencyFactory)
        )

    email = factory.Sequence("orang{}@contoh.example".format)
    name = factory.Sequence("Orang Contoh {}".format)
    role = User.Role.OFFICER
    agency = factory.SelfAttribute("office.agency")
    post = "Analis Keimigrasian"


class TeamFactory(factory.django.DjangoModelFactory[Team]):
    class Meta:
        model = Team
        skip_postgeneration_save = True

    office = factory.SubFactory(OfficeFactory)
    name = factory.Sequence("Tim Pora {}".format)
    level = Team.Level.REGENCY

    @factory.post_generation
    def regions(
        self, create: bool, extracted: list[Region] | None, **kwargs: object
    ) -> None:
        if create:
            self.regions.set([RegionFactory()] if extracted is None else extracted)


class DecreeFactory(factory.django.DjangoModelFactory[Decree]):
    class Meta:
        model = Decree

    team = factory.SubFactory(TeamFactory)
    number = factory.Sequence("WIM.12.IMI.IMI.3-GR.06.01-{} TAHUN 2025".format)
    signed_on = dt.date(2025, 1, 6)
    valid_from = dt.date(2025, 1, 6)
    valid_to = dt.date(2027, 12, 31)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    team = factory.SubFactory(TeamFactory)
    agency = factory.SubFactory(AgencyFactory)
    valid_from = dt.date(2025, 1, 6)
