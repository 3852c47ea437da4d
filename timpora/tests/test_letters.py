"""Names and answers in letters of their own: a paper has its own fonts for each."""

import re
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from timpora.pdf import render_pdf
from timpora.tests.judges import complaints

pytestmark = [pytest.mark.slow, pytest.mark.once]
# A name, or a word, in each script that travellers to Indonesia write.
WRITTEN = {
    "Arab": "محمد",
    "Armenia": "Արմեն",
    "Bengali": "রহমান",
    "Devanagari": "राम",
    "Etiopia": "አበበ",
    "Georgia": "გიორგი",
    "Gujarat": "મહેશ",
    "Gurmukhi": "ਅਮਰ",
    "Han": "李小明",
    "Hangul": "김철수",
    "Ibrani": "דוד",
    "Kana": "やまだカナ",
    "Kannada": "ಕನಕ",
    "Khmer": "សុខា",
    "Kiril": "Иван",
    "Lao": "ສົມ",
    "Latin": "Nguyễn Thị Hữu",
    "Malayalam": "മലയ",
    "Myanmar": "အောင်",
    "Sinhala": "සුනිල්",
    "Tamil": "முருகன்",
    "Telugu": "తెలుగు",
    "Thai": "สมชาย",
    "Yunani": "Γιώργος",
}
OURS = re.compile(r"Liberation-Sans|Other-\w+")
HTML = '<html lang="id"><title>Nama</title><h1>Nama</h1><p><bdi>{}</bdi></p></html>'


def fonts_of(content: bytes) -> set[str]:
    with pikepdf.open(BytesIO(content)) as pdf:
        return {
            str(item.BaseFont).partition("+")[2]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0"
        }


@pytest.mark.parametrize("script", WRITTEN)
def test_name_is_printed_in_its_own_letters(script, tmp_path):
    name = WRITTEN[script]

    content = render_pdf(HTML.format(name), css="css/paper.css", data={})

    # None of the machine's fonts, which another machine may lack.
    assert [font for font in fonts_of(content) if not OURS.match(font)] == []
    text = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert set(name) <= set(text)
    assert complaints(content, tmp_path) == []
