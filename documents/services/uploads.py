"""Files that people bring: recognised by content, parsed, and re-made where we can."""

import base64
import binascii
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import puremagic
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from agencies.models import User
from documents.models import Upload
from documents.services.storing import digest, store
from timpora.errors import DomainError
from timpora.pictures import MOST_PIXELS, HugePicture, open_picture

MEGABYTE = 1024 * 1024
MOST_PICTURE_BYTES = 15 * MEGABYTE
LONGEST_SIDE = 1600
MOST_FILE_BYTES = 20 * MEGABYTE
MOST_PAGES = 150
MOST_ZIP_MEMBERS = 3000
MOST_UNZIPPED_BYTES = 200 * MEGABYTE
MOST_SIGNATURE_BYTES = 200 * 1024
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"
PICTURES = {"image/jpeg", "image/png", "image/webp"}
# Names in a PDF that run something or reach outside when it is opened.
ACTIVE_PDF_NAMES = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/RichMedia")


class UploadRefused(DomainError):
    pass


def accept_picture(file: UploadedFile, *, by: User | None) -> Upload:
    """A JPEG made by us from a JPEG, PNG or WebP: upright, at most 1600 px, no EXIF."""
    content = read(file, most=MOST_PICTURE_BYTES)
    if mime_of(content) not in PICTURES:
        raise UploadRefused(
            _("Berkas ini bukan foto JPEG, PNG, atau WebP. Pilih foto lain.")
        )
    picture = decode(content)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    made = BytesIO()
    picture.convert("RGB").save(made, "JPEG", quality=82, optimize=True)
    return keep(
        made.getvalue(),
        kind=Upload.Kind.PICTURE,
        name=file.name,
        mime="image/jpeg",
        by=by,
        width=picture.width,
        height=picture.height,
    )


def accept_letter(file: UploadedFile, *, by: User | None) -> Upload:
    """A letter or proof: a PDF as it is, or a picture re-made."""
    content = read(file, most=MOST_FILE_BYTES)
    if mime_of(content) == PDF:
        return accept_pdf(file, content, kind=Upload.Kind.PDF, by=by)
    file.seek(0)
    try:
        return accept_picture(file, by=by)
    except UploadRefused as refusal:
        if mime_of(content).startswith("image/"):
            raise
        raise UploadRefused(
            _("Berkas ini bukan PDF atau foto. Simpan sebagai PDF lalu coba lagi.")
        ) from refusal


def accept_original(file: UploadedFile, *, by: User | None) -> Upload:
    """Evidence: a picture or PDF that is what it says, kept exactly as it came in.

    It is sent as a file to keep and never opened on our own origin.
    """
    content = read(file, most=MOST_FILE_BYTES)
    mime = mime_of(content)
    if mime == PDF:
        return accept_pdf(file, content, kind=Upload.Kind.ORIGINAL, by=by)
    if mime not in PICTURES:
        raise UploadRefused(
            _("Berkas ini bukan foto JPEG, PNG, WebP, atau PDF. Pilih berkas lain.")
        )
    picture = decode(content)
    return keep(
        content,
        kind=Upload.Kind.ORIGINAL,
        name=file.name,
        mime=mime,
        by=by,
        width=picture.width,
        height=picture.height,
    )


def accept_slides(file: UploadedFile, *, by: User | None) -> Upload:
    """A presentation: PDF, or PowerPoint without macros."""
    content = read(file, most=MOST_FILE_BYTES)
    if mime_of(content) == PDF:
        return accept_pdf(file, content, kind=Upload.Kind.SLIDES, by=by)
    refuse_unsafe_pptx(content)
    return keep(content, kind=Upload.Kind.SLIDES, name=file.name, mime=PPTX, by=by)


def accept_signature(data_url: str, *, by: User | None) -> Upload:
    """A finger signature from a canvas: a small PNG, re-made."""
    head, _comma, body = data_url.partition(",")
    if head != "data:image/png;base64" or len(body) > MOST_SIGNATURE_BYTES * 4 // 3:
        raise UploadRefused(_("Tanda tangan tidak terbaca. Ulangi goresannya."))
    try:
        content = base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise UploadRefused(
            _("Tanda tangan tidak terbaca. Ulangi goresannya.")
        ) from error
    if mime_of(content) != "image/png":
        raise UploadRefused(_("Tanda tangan tidak terbaca. Ulangi goresannya."))
    picture = decode(content).convert("RGBA")
    picture.thumbnail((600, 300))
    made = BytesIO()
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    paper.convert("P", palette=Image.Palette.ADAPTIVE, colors=16).save(
        made, "PNG", optimize=True
    )
    return keep(
        made.getvalue(),
        kind=Upload.Kind.PICTURE,
        name="tanda-tangan.png",
        mime="image/png",
        by=by,
        width=picture.width,
        height=picture.height,
    )


def read(file: UploadedFile, *, most: int) -> bytes:
    if (file.size or 0) > most:
        raise UploadRefused(
            _("Berkas terlalu besar. Batasnya %d MB.") % (most // MEGABYTE)
        )
    content = file.read()
    if not content:
        raise UploadRefused(_("Berkas ini kosong."))
    return content


def mime_of(content: bytes) -> str:
    """The media type by content; empty if nothing known. A name is never asked."""
    try:
        return puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def decode(content: bytes) -> Image.Image:
    """The upright picture; refuses what is broken, or would be huge when unpacked."""
    try:
        return open_picture(content, formats=("JPEG", "PNG", "WEBP"))
    except HugePicture as error:
        raise UploadRefused(
            _("Gambar terlalu besar: paling banyak %d megapiksel.")
            % (MOST_PIXELS // 1_000_000)
        ) from error
    except ValueError as error:
        raise UploadRefused(
            _("Gambar ini rusak atau tidak dapat dibaca. Pilih gambar lain.")
        ) from error


def accept_pdf(
    file: UploadedFile, content: bytes, *, kind: str, by: User | None
) -> Upload:
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            pages = len(pdf.pages)
            if is_active(pdf):
                raise UploadRefused(
                    _(
                        "PDF ini memuat skrip atau lampiran. Cetak ulang sebagai PDF biasa."
                    )
                )
    except pikepdf.PasswordError as error:
        raise UploadRefused(
            _("PDF ini dikunci kata sandi. Simpan tanpa kata sandi lalu coba lagi.")
        ) from error
    except pikepdf.PdfError as error:
        raise UploadRefused(_("PDF ini rusak dan tidak dapat dibuka.")) from error
    if pages > MOST_PAGES:
        raise UploadRefused(
            _("PDF ini %(pages)d halaman; batasnya %(most)d halaman.")
            % {"pages": pages, "most": MOST_PAGES}
        )
    return keep(content, kind=kind, name=file.name, mime=PDF, by=by, pages=pages)


def is_active(pdf: pikepdf.Pdf) -> bool:
    """Whether any dictionary of the file runs something or carries another file."""
    return any(name in ACTIVE_PDF_NAMES for item in pdf.objects for name in keys(item))


def keys(item: object) -> Iterator[str]:
    """The keys of a PDF object and of what stands directly in it."""
    if isinstance(item, pikepdf.Array):
        inner = list(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield from item.keys()
        inner = list(item.values())
    else:
        return
    for value in inner:
        if not getattr(value, "is_indirect", False):
            yield from keys(value)


def refuse_unsafe_pptx(content: bytes) -> None:
    """Only a zip of sane size that holds a presentation and no macro."""
    wrong = _("Berkas ini bukan PDF atau PowerPoint (.pptx). Simpan sebagai PDF.")
    try:
        members = zipfile.ZipFile(BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise UploadRefused(wrong) from error
    if (
        len(members) > MOST_ZIP_MEMBERS
        or sum(member.file_size for member in members) > MOST_UNZIPPED_BYTES
    ):
        raise UploadRefused(
            _("Isi berkas ini terlalu besar bila dibuka. Simpan sebagai PDF.")
        )
    names = {member.filename for member in members}
    if not {"[Content_Types].xml", "ppt/presentation.xml"} <= names:
        raise UploadRefused(wrong)
    if any("vbaProject" in name for name in names):
        raise UploadRefused(_("PowerPoint ini memuat makro. Simpan sebagai PDF."))


def keep(
    content: bytes,
    *,
    kind: str,
    name: str | None,
    mime: str,
    by: User | None,
    width: int = 0,
    height: int = 0,
    pages: int = 0,
) -> Upload:
    plain = "".join(c for c in name or "" if c.isprintable()).replace("/", "_")
    return Upload.objects.create(
        kind=kind,
        name=plain[-150:] or "berkas",
        mime=mime,
        file=store(content),
        sha256=digest(content),
        size=len(content),
        width=width,
        height=height,
        pages=pages,
        uploaded_by=by,
    )
