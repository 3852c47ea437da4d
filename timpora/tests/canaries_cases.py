"""Words in every place of a case that not everybody may read."""

from typing import Any

from django.utils import timezone

from agencies.tests.factories import UserFactory
from documents.models import Document
from foreigners.models import Case, CaseNote, Hold, Reading, SavedFilter
from foreigners.services.casefile import issue_case_paper
from foreigners.services.disclosing import note_reading
from foreigners.services.stepping import take_step
from foreigners.tests.factories import CaseFactory, CasePersonFactory
from foreigners.tests.law import law
from foreigners.tests.ready import REASON, Ready, order
from timpora.tests.world import World, file_with

HEADS = {"section_head", "chief"}
ASSIGNED = HEADS | {"assigned"}
OFFICE = ASSIGNED | {"officer"}
CANARIES: dict[str, set[str]] = {
    "kxkasusjudul": ASSIGNED,
    "kxkasusuraian": ASSIGNED,
    "kxkasusorang": ASSIGNED,
    "kxkasuscatatan": ASSIGNED,
    "kxkasuslampiran": ASSIGNED,
    "kxkasustunggu": ASSIGNED,
    "kxkasusalasan": ASSIGNED,
    "kxkasuspaper": ASSIGNED,
    "kxperkara": OFFICE,
    "kxsimpanan": HEADS,
    # A sealed case opens for a reason that is typed; no link leads into it.
    "kxsegel": set(),
    "kxbukasegel": HEADS | {"auditor"},
    "kxsaringan": {"officer"},
}


def build_cases(base: World, people: dict[str, Any]) -> None:
    """A secret case of one officer, an ordinary one with a secret note, a sealed one."""
    law()
    people["assigned"] = UserFactory(agency=base.office.agency)
    _secret(base, people)
    ordinary = CaseFactory(
        office=base.office, responsible=people["section_head"], title="kxperkara"
    )
    CaseNote.objects.create(
        case=ordinary,
        text="kxsimpanan",
        classification="rahasia",
        by=people["section_head"],
    )
    sealed = CaseFactory(
        office=base.office,
        responsible=people["section_head"],
        title="kxsegel",
        state=Case.State.NOT_PROVEN,
        sealed_at=timezone.now(),
    )
    note_reading(
        people["chief"],
        Reading.Verb.OPENED,
        office_id=base.office.pk,
        case=sealed,
        reason="kxbukasegel",
        fields=["sealed"],
    )
    SavedFilter.objects.create(
        user=people["officer"],
        name="kxsaringan",
        view="foreigners:cases",
        query="state=closed",
    )


def _secret(base: World, people: dict[str, Any]) -> None:
    officer = people["assigned"]
    case = CaseFactory(
        office=base.office,
        responsible=officer,
        classification="rahasia",
        title="kxkasusjudul",
        summary="kxkasusuraian",
    )
    CasePersonFactory(case=case, identity={"name": "kxkasusorang"})
    note = CaseNote.objects.create(case=case, text="kxkasuscatatan", by=officer)
    note.files.add(file_with("kxkasuslampiran"))
    Hold.objects.create(
        case=case,
        kind="orang",
        ground="kxkasustunggu",
        since=timezone.now(),
        by=officer,
    )
    order(Ready(base.office, {**people, "officer": officer}, case))
    take_step(
        case,
        "start_verification",
        by=officer,
        reason=f"kxkasusalasan {REASON}",
        revision=case.revision,
    )
    issue_case_paper(
        case,
        kind=Document.Kind.ORDER,
        title="Surat perintah",
        dated_on=timezone.localdate(),
        template="documents/paper.html",
        snapshot={"office": {"lines": ["kxkasuspaper"]}},
        by=officer,
        numbered=False,
    )
