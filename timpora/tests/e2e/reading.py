"""What stands on the screen, and what stands in the paper."""

import re
from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

from timpora.tests.e2e.acts import follow


def attendance_on(officer: Page) -> dict[str, str]:
    """Who stands on the sheet, and how."""
    follow(officer, "Kehadiran")
    found = {}
    for line in officer.locator("li[id^=baris-]").all():
        name = line.locator(".fw-semibold").evaluate("line => line.firstChild.data")
        found[re.sub(r"^\d+\. ", "", name.strip())] = line.locator(
            "strong"
        ).inner_text()
    return found


def download(chief: Page) -> str:
    """One tap; what the file says, in one line."""
    paper = chief.get_by_role("link", name=re.compile("^Unduh Notula ")).first
    with chief.expect_response(re.compile("/unduh/$")) as sent:
        paper.click()
    # The browser shows it in a viewer of its own; the bytes are asked for once more.
    content = chief.request.get(sent.value.url).body()
    chief.go_back()
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def attendance_in(paper: str, of: dict[str, str]) -> dict[str, str]:
    """The agencies of ``of`` with the state that the paper's annex gives them."""
    sheet = paper[paper.index("No. Instansi Nama Jabatan Kehadiran") :]
    rows = re.findall(r" \d+ (.+?) (Hadir|Diwakilkan|Izin|Tidak hadir)(?= )", sheet)
    assert len(rows) == len(of)
    return {
        agency: state for agency in of for row, state in rows if row.startswith(agency)
    }


def groups_on(chief: Page) -> list[str]:
    """Each kind of attendance, counted, and its agencies."""
    return [
        f"{group.inner_text()} {group.locator('xpath=following-sibling::dd[1]').inner_text()}"
        for group in chief.locator("main dl dt").all()
    ]


def decisions_on(chief: Page, expected: list[str]) -> list[str]:
    """Number, text, owner and due date of each decision, in the paper's order."""
    shown = chief.locator("main ol > li").all_inner_texts()
    found = [re.fullmatch(r"(.+) \((.+), (.+)\)", decision) for decision in shown]
    assert [decision and decision[1] for decision in found] == expected
    return [
        f"{number} {decision[1]} {decision[2]} {decision[3]}"
        for number, decision in enumerate(found, 1)
        if decision
    ]


def squeezed(text: str) -> str:
    """Without the spaces and line ends that a column's width puts in."""
    return re.sub(r"\s", "", text)
