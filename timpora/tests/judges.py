"""Those who judge a paper, and were not written by us."""

from pathlib import Path

import outloud
import page

PROFILES = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


def complaints(content: bytes, folder: Path) -> list[str]:
    """What the two checkers find: failures of PDF/A-3a and PDF/UA-1, errors in reading."""
    found = [
        f"{profile}: {failure.rule_id} {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
    ]
    path = folder / "berkas.pdf"
    path.write_bytes(content)
    return found + [
        f"{finding.rule} {finding.message}"
        for finding in outloud.check(str(path)).findings
        if finding.severity == "error"
    ]
