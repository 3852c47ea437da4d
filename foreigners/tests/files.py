"""Small real files, as people bring them."""

from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def pdf_file(name: str = "surat.pdf") -> SimpleUploadedFile:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    out = BytesIO()
    pdf.save(out)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def photo_file(name: str = "foto.jpg", *, exif: bool = False) -> SimpleUploadedFile:
    picture, out = Image.new("RGB", (40, 30), "navy"), BytesIO()
    if exif:
        marks = Image.Exif()
        marks[0x010E] = "keterangan"
        picture.save(out, "JPEG", exif=marks)
    else:
        picture.save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
