"""What a reader sees of a paper of the case file."""

from io import BytesIO

from pypdf import PdfReader

from documents.models import DocumentVersion
from documents.services.rendering import draw


def text_of(version: DocumentVersion) -> str:
    """The words of all pages, with line breaks folded into spaces."""
    pages = PdfReader(BytesIO(draw(version))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
