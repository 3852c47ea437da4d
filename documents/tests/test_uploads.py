import base64
import zipfile
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents.models import Upload
from documents.services import uploads
from documents.services.storing import stored
from documents.services.uploads import (
    UploadRefused,
    accept_letter,
    accept_picture,
    accept_signature,
    accept_slides,
)

pytestmark = pytest.mark.django_db


def picture(format="JPEG", size=(40, 30), **options):
    made = BytesIO()
    Image.new("RGB", size, "navy").save(made, format, **options)
    return made.getvalue()


def pdf(pages=1, **names):
    made = BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        for name, value in names.items():
            document.Root[f"/{name}"] = value
        document.save(made)
    return made.getvalue()


def pptx(*members, extra=()):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "ppt/presentation.xml", *members):
            archive.writestr(name, "<x/>")
        for name, content in extra:
            archive.writestr(name, content)
    return made.getvalue()


def file(content, name="berkas.jpg"):
    return SimpleUploadedFile(name, content)


def active_pdf():
    return pdf(
        OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    )


HOSTILE_PICTURES = {
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "empty": b"",
    "truncated": picture("PNG", (400, 300))[:120],
    "head of a picture only": picture()[:30],
    "gif": picture("GIF"),
    "pdf": pdf(),
    "php behind a jpeg head": b"\xff\xd8\xff\xe0<?php system($_GET['x']); ?>",
}


@pytest.mark.parametrize("content", HOSTILE_PICTURES.values(), ids=HOSTILE_PICTURES)
def test_what_is_no_picture_is_refused_whatever_its_name(content):
    with pytest.raises(UploadRefused):
        accept_picture(file(content, "foto.jpg"), by=None)

    assert not Upload.objects.exists()


def test_picture_of_thirty_megabytes_is_refused_before_it_is_read():
    with pytest.raises(UploadRefused, match="15 MB"):
        accept_picture(file(b"\xff\xd8" + bytes(30 * 1024 * 1024)), by=None)


def test_picture_that_unpacks_to_a_giant_is_refused_before_it_is_unpacked():
    bomb = BytesIO()
    Image.new("1", (12_000, 12_000)).save(bomb, "PNG")

    with pytest.raises(UploadRefused, match="megapiksel"):
        accept_picture(file(bomb.getvalue()), by=None)


def test_picture_is_made_anew_upright_small_and_without_exif():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "CANARI-KAMERA"

    upload = accept_picture(file(picture(size=(4000, 2000), exif=exif)), by=None)

    with Image.open(stored(upload.file)) as made:
        assert (made.format, made.size, dict(made.getexif())) == (
            "JPEG",
            (800, 1600),
            {},
        )
    assert b"CANARI-KAMERA" not in stored(upload.file).read_bytes()


def test_tail_behind_a_picture_does_not_survive():
    upload = accept_picture(file(picture() + b"<script>CANARI</script>"), by=None)

    assert b"CANARI" not in stored(upload.file).read_bytes()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (active_pdf(), "skrip"),
        (pdf(pages=200), "200 halaman"),
        (b"%PDF-1.7 broken", "rusak"),
        (b"<html>", "bukan PDF"),
        (b"", "kosong"),
    ],
    ids=["script", "200 pages", "broken", "html", "empty"],
)
def test_letter_that_is_unsafe_or_unreadable_is_refused(content, sentence):
    with pytest.raises(UploadRefused, match=sentence):
        accept_letter(file(content, "surat.pdf"), by=None)

    assert not Upload.objects.exists()


def test_locked_pdf_is_refused():
    made = BytesIO()
    with pikepdf.open(BytesIO(pdf())) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(UploadRefused, match="kata sandi"):
        accept_letter(file(made.getvalue(), "surat.pdf"), by=None)


def test_letter_may_be_a_pdf_or_a_photo_of_it():
    kinds = [
        accept_letter(file(content), by=None).kind for content in (pdf(), picture())
    ]

    assert kinds == ["pdf", "gambar"]


def test_deck_of_powerpoint_or_pdf_is_kept():
    kinds = [accept_slides(file(content), by=None).mime for content in (pptx(), pdf(3))]

    assert kinds == [uploads.PPTX, uploads.PDF]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (pptx("ppt/vbaProject.bin"), "makro"),
        (pptx(extra=[("ppt/media/a.bin", bytes(210 * 1024 * 1024))]), "terlalu besar"),
        (picture(), "bukan PDF"),
        (b"PK\x03\x04broken", "bukan PDF"),
    ],
    ids=["macro", "zip bomb", "picture", "broken zip"],
)
def test_unsafe_deck_is_refused(content, sentence):
    with pytest.raises(UploadRefused, match=sentence):
        accept_slides(file(content, "paparan.pptx"), by=None)

    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "=cmd|' /C calc'!A0.jpg", "x" * 300 + ".jpg", "a\x00b.jpg"],
)
def test_name_is_text_and_never_a_path(name):
    upload = accept_picture(file(picture(), name), by=None)

    assert len(upload.name) <= 150
    assert "/" not in upload.name
    assert upload.file == f"{upload.sha256[:2]}/{upload.sha256}"


@pytest.mark.parametrize(
    "data_url",
    [
        "",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png;base64,####",
        "data:image/png;base64," + base64.b64encode(b"<html>").decode(),
        "data:image/png;base64," + "A" * 400_000,
    ],
)
def test_signature_that_is_no_small_png_is_refused(data_url):
    with pytest.raises(UploadRefused):
        accept_signature(data_url, by=None)


def test_signature_is_kept_as_a_small_png():
    drawn = base64.b64encode(picture("PNG", (900, 300))).decode()

    upload = accept_signature(f"data:image/png;base64,{drawn}", by=None)

    assert (upload.mime, upload.width) == ("image/png", 600)
