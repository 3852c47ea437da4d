from documents.models.certificate import SigningCertificate
from documents.models.document import (
    Classification,
    Document,
    DocumentVersion,
    Signature,
)
from documents.models.dossier import Dossier
from documents.models.number import NumberPattern, NumberRegister, TakenNumber
from documents.models.upload import Upload

__all__ = [
    "Classification",
    "Document",
    "DocumentVersion",
    "Dossier",
    "NumberPattern",
    "NumberRegister",
    "Signature",
    "SigningCertificate",
    "TakenNumber",
    "Upload",
]
