import datetime as dt

import factory
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import (
    AgencyFactory,
    AgencyTypeFactory,
    OfficeFactory,
    UserFactory,
)
from documents.models import Upload
from documents.services.storing import digest, store
from documents.tests.factories import DocumentVersionFactory
from foreigners.models import (
    Case,
    CasePerson,
    CaseViolation,
    Finding,
    FindingPerson,
    Foreigner,
    Ground,
    Guarantee,
    Guarantor,
    Measure,
    MeasureKind,
    Nationality,
    Objection,
    OtherName,
    PermitKind,
    Protection,
    Statement,
    StayPermit,
    TravelDocument,
    Violation,
)
from foreigners.queries.doubles import name_key
from foreigners.services.reference import load_law
from timpora.vault import keyed_hash, masked, seal


def proof() -> Upload:
    """A proof that somebody uploaded: a small PDF."""
    content = b"%PDF-1.7 bukti"
    return Upload.objects.create(
        kind=Upload.Kind.PDF,
        name="bukti.pdf",
        mime="application/pdf",
        file=store(content),
        sha256=digest(content),
        size=len(content),
    )


class NationalityFactory(factory.django.DjangoModelFactory[Nationality]):
    class Meta:
        model = Nationality
        django_get_or_create = ("code",)

    code = "KOR"
    name = "Korea Selatan"
    source = "uji"


class ForeignerFactory(factory.django.DjangoModelFactory[Foreigner]):
    """A person whose identity is established; ``nameless=True`` for one without name."""

    class Meta:
        model = Foreigner

    class Params:
        nameless = factory.Trait(
            name="", birth_year=None, sex=Foreigner.Sex.UNKNOWN, identity="terbuka"
        )

    office = factory.SubFactory(OfficeFactory)
    name = factory.Sequence("CONTOH ORANG {}".format)
    sex = Foreigner.Sex.MALE
    birth_year = 1985
    nationality = factory.SubFactory(NationalityFactory)
    identity = Foreigner.Identity.ESTABLISHED


class TravelDocumentFactory(factory.django.DjangoModelFactory[TravelDocument]):
    class Meta:
        model = TravelDocument
        exclude = ("number",)

    number = factory.Sequence("ZZ00A{:04d}".format)
    foreigner = factory.SubFactory(ForeignerFactory)
    kind = TravelDocument.Kind.PASSPORT
    number_sealed = factory.LazyAttribute(lambda o: seal(o.number))
    number_hash = factory.LazyAttribute(lambda o: keyed_hash(o.number))
    number_masked = factory.LazyAttribute(lambda o: masked(o.number))
    issuer = factory.SubFactory(NationalityFactory)
    expires_on = dt.date(2030, 1, 1)


class GuarantorFactory(factory.django.DjangoModelFactory[Guarantor]):
    class Meta:
        model = Guarantor

    office = factory.SubFactory(OfficeFactory)
    kind = Guarantor.Kind.COMPANY
    name = factory.Sequence("PT Contoh Fiktif {}".format)


class ViolationFactory(factory.django.DjangoModelFactory[Violation]):
    class Meta:
        model = Violation
        django_get_or_create = ("code", "valid_from")

    code = "SIT-KEG"
    name = "Kegiatan tidak sesuai izin tinggal"
    article = "Pasal 75 ayat (1)"
    valid_from = None
    source = "uji"


class FindingFactory(factory.django.DjangoModelFactory[Finding]):
    """A finding that was handed in and waits for the office."""

    class Meta:
        model = Finding

    office = factory.SubFactory(OfficeFactory)
    reporter = factory.SubFactory(AgencyFactory)
    number = factory.Sequence("TM-{:04d}/2026".format)
    reported_on = factory.LazyFunction(timezone.localdate)
    seen_on = factory.SelfAttribute("reported_on")
    place = "Mes karyawan Contoh"
    activity = "Beberapa orang asing bekerja memasang mesin."
    created_by = factory.LazyAttribute(
        lambda o: UserFactory(liaison=True, agency=o.reporter)
    )


class CaseFactory(factory.django.DjangoModelFactory[Case]):
    """A case in its first state; ``state="…"`` puts it elsewhere without the steps."""

    class Meta:
        model = Case

    office = factory.SubFactory(OfficeFactory)
    number = factory.Sequence("K-F{:04d}/2026".format)
    title = "Dugaan kegiatan tidak sesuai izin tinggal"
    registered_on = factory.LazyFunction(timezone.localdate)
    state_since = factory.LazyFunction(timezone.now)
    responsible = factory.LazyAttribute(
        lambda o: UserFactory(agency=o.office.agency, role=User.Role.OFFICER)
    )
    created_by = factory.SelfAttribute("responsible")


class CaseViolationFactory(factory.django.DjangoModelFactory[CaseViolation]):
    class Meta:
        model = CaseViolation

    case = factory.SubFactory(CaseFactory)
    violation = factory.SubFactory(ViolationFactory)
    is_main = True


class CasePersonFactory(factory.django.DjangoModelFactory[CasePerson]):
    class Meta:
        model = CasePerson

    case = factory.SubFactory(CaseFactory)
    foreigner = factory.SubFactory(
        ForeignerFactory, office=factory.SelfAttribute("..case.office")
    )
    role = CasePerson.Role.SUBJECT
    identity = factory.LazyAttribute(
        lambda o: {
            "name": o.foreigner.name,
            "sex": o.foreigner.sex,
            "birth_date": o.foreigner.birth_date_text,
            "nationality": o.foreigner.nationality.name,
            "revision": o.foreigner.revision,
        }
    )
    added_by = factory.SelfAttribute("case.responsible")


class GroundFactory(factory.django.DjangoModelFactory[Ground]):
    """The article behind a code, in force for ever unless told otherwise."""

    class Meta:
        model = Ground
        django_get_or_create = ("code", "valid_from")

    code = "examination"
    article = "Pasal 30"
    instrument = "Permenimipas 2/2025"
    text = "Ringkasan contoh."
    valid_from = None
    source = "uji"


def the_law() -> None:
    """The law as it ships, with the agency types that it refers to."""
    for code in ("DISNAKER", "DISDUKCAPIL", "BNNK", "POLRES"):
        AgencyTypeFactory(code=code, name=code.title())
    load_law()


def kind_of(code: str) -> MeasureKind:
    """The row of the catalogue; a plain one where the test loaded no law."""
    names = {"removes": code == "f", "detains": code == "83", "charges": code == "e"}
    return MeasureKind.objects.get_or_create(
        code=code,
        valid_from=None,
        defaults={
            "name": f"Tindakan {code}",
            "article": "Pasal uji",
            "source": "uji",
            **names,
        },
    )[0]


class MeasureFactory(factory.django.DjangoModelFactory[Measure]):
    """A draft; ``decided=True`` and ``served=True`` put it there without the steps."""

    class Meta:
        model = Measure
        exclude = ("kind_code",)

    class Params:
        decided = factory.Trait(
            state=Measure.State.DECIDED,
            decided_on=dt.date(2026, 6, 29),
            decided_by=factory.LazyAttribute(
                lambda o: UserFactory(agency=o.case.office.agency, role=User.Role.CHIEF)
            ),
            version=factory.SubFactory(
                DocumentVersionFactory,
                document__office=factory.SelfAttribute("...case.office"),
                document__is_guarded=True,
            ),
        )
        served = factory.Trait(
            decided=True,
            state=Measure.State.SERVED,
            served_on=dt.date(2026, 7, 1),
            served_to="Yang bersangkutan",
            service_proof=factory.LazyFunction(proof),
            served_by=factory.SelfAttribute("drafted_by"),
        )

    kind_code = "b"
    case = factory.SubFactory(CaseFactory)
    person = factory.SubFactory(CasePersonFactory, case=factory.SelfAttribute("..case"))
    kind = factory.LazyAttribute(lambda o: kind_of(o.kind_code))
    content = "Izin tinggal dibatalkan."
    reason = "Kegiatan tidak sesuai dengan izin tinggal yang diberikan."
    drafted_by = factory.SelfAttribute("case.responsible")


class ObjectionFactory(factory.django.DjangoModelFactory[Objection]):
    class Meta:
        model = Objection

    measure = factory.SubFactory(MeasureFactory, served=True)
    received_on = factory.LazyFunction(timezone.localdate)
    reasons = "Kegiatan itu sesuai dengan izin tinggal."
    recorded_by = factory.SelfAttribute("measure.case.responsible")


def answer_gate(foreigner: Foreigner, *, answer: str = "tidak") -> None:
    """Every question of the protective gate asked, and answered alike."""
    head = UserFactory(agency=foreigner.office.agency, role=User.Role.SECTION_HEAD)
    Protection.objects.bulk_create(
        Protection(
            foreigner=foreigner,
            kind=kind,
            answer=answer,
            note="Diperiksa.",
            determined_by=head,
        )
        for kind in Protection.Kind
    )


class FindingPersonFactory(factory.django.DjangoModelFactory[FindingPerson]):
    """Somebody whom a finding names, with a document."""

    class Meta:
        model = FindingPerson
        exclude = ("number",)

    number = factory.Sequence("ZZ00B{:04d}".format)
    finding = factory.SubFactory(FindingFactory)
    name = factory.Sequence("CONTOH TERLIHAT {}".format)
    document_number_sealed = factory.LazyAttribute(lambda o: seal(o.number))
    document_number_hash = factory.LazyAttribute(lambda o: keyed_hash(o.number))
    document_number_masked = factory.LazyAttribute(lambda o: masked(o.number))
    name_key = factory.LazyAttribute(lambda o: name_key(o.name))


class OtherNameFactory(factory.django.DjangoModelFactory[OtherName]):
    class Meta:
        model = OtherName

    foreigner = factory.SubFactory(ForeignerFactory)
    name = factory.Sequence("CONTOH ALIAS {}".format)
    source = "Halaman 2 paspor"
    noted_on = dt.date(2026, 1, 5)


class PermitKindFactory(factory.django.DjangoModelFactory[PermitKind]):
    class Meta:
        model = PermitKind
        django_get_or_create = ("code", "valid_from")

    code = "ITAS"
    name = "Izin Tinggal Terbatas"
    valid_from = None
    source = "uji"


class StayPermitFactory(factory.django.DjangoModelFactory[StayPermit]):
    class Meta:
        model = StayPermit

    foreigner = factory.SubFactory(ForeignerFactory)
    kind = factory.SubFactory(PermitKindFactory)
    number = factory.Sequence("2C11DEMO{:04d}".format)
    starts_on = dt.date(2026, 1, 1)
    ends_on = dt.date(2030, 1, 1)


class StatementFactory(factory.django.DjangoModelFactory[Statement]):
    class Meta:
        model = Statement

    foreigner = factory.SubFactory(ForeignerFactory)
    subject = Statement.Subject.OCCUPATION
    value = "Teknisi"
    agency = factory.SubFactory(AgencyFactory)
    stated_on = dt.date(2026, 1, 5)


class GuaranteeFactory(factory.django.DjangoModelFactory[Guarantee]):
    class Meta:
        model = Guarantee

    foreigner = factory.SubFactory(ForeignerFactory)
    guarantor = factory.SubFactory(
        GuarantorFactory, office=factory.SelfAttribute("..foreigner.office")
    )


class ProtectionFactory(factory.django.DjangoModelFactory[Protection]):
    class Meta:
        model = Protection

    foreigner = factory.SubFactory(ForeignerFactory)
    kind = Protection.Kind.REFUGEE
    answer = Protection.Answer.PENDING
    note = "Menyatakan diri pencari suaka."
    determined_by = factory.LazyAttribute(
        lambda o: UserFactory(agency=o.foreigner.office.agency)
    )
