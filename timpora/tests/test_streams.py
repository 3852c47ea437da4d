"""Packed data end in a checksum, which may look like a line break: nobody may be misled."""

import page
import pytest
from django.utils import timezone

from documents.tests.certificates import key_of
from timpora import pades
from timpora.pdf import render_pdf, render_stamp

pytestmark = [pytest.mark.slow, pytest.mark.once]
HTML = '<html lang="id"><title>Berkas</title><h1>Berkas</h1>{}</html>'
BOX = '<a style="display: block; height: 16mm" href="field:Kotak"></a>'


def failures(content: bytes) -> list[str]:
    profile = page.ValidationProfile.PDF_A_3A
    found = page.validate_pdf_bytes(content, profile=profile).failures
    return [failure.rule_id for failure in found]


def test_whatever_a_paper_says_it_stays_pdf_a():
    """About every twentieth would have such a stream."""
    drawn = [
        render_pdf(HTML.format(number), css="css/paper.css", data={"n": number})
        for number in range(150)
    ]

    assert [failures(content) for content in drawn] == [[]] * len(drawn)


def test_whenever_a_paper_is_signed_it_stays_pdf_a():
    now = timezone.now()
    key = key_of("Bima Contoh")
    drawn = render_pdf(
        HTML.format(BOX), css="css/paper.css", data={}, fields={"Kotak": "Kotak"}
    )

    for number in range(60):
        stamp = render_stamp(f"<p>Ditandatangani {number}</p>", 187, 45)
        signed = pades.sign(drawn, field="Kotak", key=key, at=now, stamp=stamp)

        assert failures(signed) == []
