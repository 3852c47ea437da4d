import datetime as dt

import factory
from django.utils import timezone

from agencies.tests.factories import OfficeFactory
from documents.models import Document, DocumentVersion, NumberPattern


class NumberPatternFactory(factory.django.DjangoModelFactory[NumberPattern]):
    class Meta:
        model = NumberPattern

    office = factory.SubFactory(OfficeFactory)
    kind = Document.Kind.INVITATION
    pattern = "{unit}-{klasifikasi}-{nomor}"
    classification_code = "GR.06.01"


class DocumentFactory(factory.django.DjangoModelFactory[Document]):
    class Meta:
        model = Document

    office = factory.SubFactory(OfficeFactory)
    kind = Document.Kind.MINUTES
    title = "Notula rapat"
    number = factory.Sequence("WIM.12-{}".format)
    dated_on = dt.date(2026, 3, 9)


class DocumentVersionFactory(factory.django.DjangoModelFactory[DocumentVersion]):
    """A queued version; ``ready=True`` for one that claims a file."""

    class Meta:
        model = DocumentVersion

    class Params:
        ready = factory.Trait(
            state="ready",
            ready_at=factory.LazyFunction(timezone.now),
            file="ab/abc",
            sha256="ab" * 32,
        )

    document = factory.SubFactory(DocumentFactory)
    snapshot = factory.LazyFunction(dict)
    template = "documents/paper.html"
    template_revision = "0" * 64
    verify_code = factory.Sequence("kode{}".format)
