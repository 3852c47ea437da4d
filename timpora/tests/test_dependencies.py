"""What TIMPORA stands on is written down, with its licence."""

import re
from importlib.metadata import metadata
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docs/dependencies.md").read_text()
LISTS = {"requirements.in": "What runs", "requirements-dev.in": "What checks"}


def required(file: str) -> list[str]:
    lines = (ROOT / file).read_text().splitlines()
    return [match[0] for line in lines if (match := re.match(r"[A-Za-z][\w.-]*", line))]


def told(section: str) -> dict[str, str]:
    """The first two cells of each row of the section's table: what, and its licence."""
    body = TEXT.split(f"## {section}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", body, flags=re.MULTILINE)
    return dict(rows[1:])


def licence_of(package: str) -> str:
    """Everything that the installed package says of its licence."""
    about = metadata(package)
    classifiers = about.get_all("Classifier") or []
    said = [about.get("License-Expression"), about.get("License")] + [
        text.rpartition("::")[2] for text in classifiers if text.startswith("License")
    ]
    return " ".join(text for text in said if text)


@pytest.mark.parametrize("file", LISTS)
def test_every_requirement_is_listed_and_no_other(file):
    assert list(told(LISTS[file])) == required(file)


@pytest.mark.parametrize(
    ("package", "licence"),
    [row for section in LISTS.values() for row in told(section).items()],
)
def test_licence_is_the_one_that_the_package_names(package, licence):
    family = re.match(r"[A-Z]+", licence, flags=re.IGNORECASE)[0]

    assert re.search(rf"\b{family}\b", licence_of(package))


def test_every_vendored_file_is_listed_and_there():
    listed = [
        re.match(r"`([^`]+)`", cell)[1] for cell in told("What ships in the project")
    ]
    shipped = [*(ROOT / "static/vendor").iterdir(), ROOT / "static/fonts"]
    shipped += (ROOT / "timpora/tests/vendor").iterdir()

    assert {str(path.relative_to(ROOT)) for path in shipped} <= set(listed)
    assert [path for path in listed if not (ROOT / path).exists()] == []
