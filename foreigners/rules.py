"""Who may do what to findings, persons and cases: one block a process."""

import rules
from django.db.models import Model, Q

from agencies.models import User
from agencies.rules import (
    is_administrator,
    is_auditor,
    is_chief,
    is_liaison,
    is_section_head,
    works_on_content,
)
from foreigners.models import Case, CasePerson, Finding, Foreigner, Referral


@rules.predicate
def is_of_the_office(user: User, case: Case) -> bool:
    return user.office_id == case.office_id


@rules.predicate
def is_of_the_office_of_its_case(user: User, row: Model) -> bool:
    case: Case = row.case  # type: ignore[attr-defined]  # a row of a case
    return user.office_id == case.office_id


@rules.predicate
def is_sent_to_their_agency(user: User, referral: Referral) -> bool:
    return user.is_liaison and user.agency_id == referral.agency_id


@rules.predicate
def is_of_its_office(user: User, finding: Finding) -> bool:
    return user.office_id == finding.office_id


@rules.predicate
def reported_it(user: User, finding: Finding) -> bool:
    return user.is_liaison and user.agency_id == finding.reporter_id


@rules.predicate
def office_wrote_it(user: User, finding: Finding) -> bool:
    """The office's own, or what the minutes brought: completed by the office."""
    return finding.origin != Finding.Origin.AGENCY


@rules.predicate
def is_on_duty(user: User, case: Case) -> bool:
    """Whose duty the case is: the responsible officer and whoever is assigned to it."""
    return user.pk == case.responsible_id or case.assigned.filter(pk=user.pk).exists()


@rules.predicate
def is_of_persons_office(user: User, person: Foreigner) -> bool:
    return user.office_id == person.office_id


@rules.predicate
def works_on_a_case_of(user: User, person: Foreigner) -> bool:
    """Responsible for or assigned to a case of the person that they may see."""
    return (
        CasePerson.objects.filter(
            foreigner=person, case__in=Case.objects.visible_to(user)
        )
        .filter(Q(case__responsible=user) | Q(case__assigned=user))
        .exists()
    )


works = works_on_content & is_of_the_office
heads = (is_section_head | is_chief) & is_of_the_office
works_on_its_case = works_on_content & is_of_the_office_of_its_case
heads_its_case = (is_section_head | is_chief) & is_of_the_office_of_its_case

# --- findings ---
rules.add_perm("foreigners.list_findings", works_on_content | is_liaison | is_auditor)
rules.add_perm("foreigners.report_finding", works_on_content | is_liaison)
rules.add_perm(
    "foreigners.read_finding", works_on_content & is_of_its_office | is_liaison
)
rules.add_perm(
    "foreigners.edit_finding",
    works_on_content & is_of_its_office & office_wrote_it | reported_it,
)
# The status words are the reporter's, not those of an agency that only reads.
rules.add_perm("foreigners.follow_finding", reported_it)
rules.add_perm("foreigners.triage_finding", is_section_head & is_of_its_office)
rules.add_perm("foreigners.link_finding_person", works_on_content & is_of_its_office)

# --- orders, examinations, conference ---
rules.add_perm("foreigners.draft_order", works)
rules.add_perm("foreigners.approve_exception", heads_its_case)
rules.add_perm("foreigners.issue_order", heads_its_case)
rules.add_perm("foreigners.record_result", works_on_its_case)
rules.add_perm("foreigners.examine", works)
rules.add_perm("foreigners.write_examination", works_on_its_case)
rules.add_perm("foreigners.convene_conference", heads)
rules.add_perm("foreigners.lead_conference", heads_its_case)
rules.add_perm("foreigners.state_position", works_on_its_case)

# --- evidence, referral, prosecution, warning ---
rules.add_perm("foreigners.take_evidence", works)
rules.add_perm("foreigners.handle_evidence", works_on_its_case)
rules.add_perm("foreigners.refer_case", is_section_head & is_of_the_office)
rules.add_perm(
    "foreigners.revoke_referral", is_section_head & is_of_the_office_of_its_case
)
rules.add_perm("foreigners.answer_referral", is_sent_to_their_agency)
rules.add_perm("foreigners.list_referrals", works_on_content | is_liaison)
rules.add_perm("foreigners.open_prosecution", heads)
rules.add_perm("foreigners.run_prosecution", works_on_its_case)
rules.add_perm("foreigners.bring_signed", works)
rules.add_perm("foreigners.warn", is_section_head & is_of_the_office)

# --- measures, objections, clocks, protection ---
rules.add_perm("foreigners.draft_measure", works)
rules.add_perm("foreigners.decide_measure", is_chief & is_of_the_office)
rules.add_perm("foreigners.serve_measure", works)
rules.add_perm("foreigners.choose_early_execution", is_chief & is_of_the_office)
rules.add_perm("foreigners.execute_measure", works)
rules.add_perm("foreigners.review_detention", heads)
rules.add_perm("foreigners.register_objection", works)
rules.add_perm("foreigners.settle_objection", heads)
rules.add_perm("foreigners.compute_overstay", works)
# Facts of health and harm: for those on duty, nobody else of the office.
rules.add_perm("foreigners.read_protection", heads | works & is_on_duty)
rules.add_perm("foreigners.determine_protection", is_section_head & is_of_the_office)
rules.add_perm("foreigners.raise_protection", works & is_on_duty)
rules.add_perm("foreigners.list_clocks", works_on_content)
rules.add_perm("foreigners.hold_clock", heads)
rules.add_perm("foreigners.extend_clock", is_chief & is_of_the_office)

# --- law ---
rules.add_perm("foreigners.keep_law", is_administrator)

# --- cases ---
# Cases. That a case may be seen is ``Case.objects.visible_to``'s answer; which step a
# role may take stands in the table of transitions.
rules.add_perm("foreigners.list_cases", works_on_content | is_auditor)
rules.add_perm("foreigners.read_case", works_on_content & is_of_the_office)
rules.add_perm("foreigners.work_case", works_on_content & is_of_the_office)
rules.add_perm(
    "foreigners.assign_case", (is_section_head | is_chief) & is_of_the_office
)
rules.add_perm("foreigners.list_sealed", is_section_head | is_chief)

# --- persons ---
works_on_person = works_on_content & is_of_persons_office

rules.add_perm("foreigners.list_persons", works_on_content)
rules.add_perm("foreigners.register_person", works_on_content)
rules.add_perm("foreigners.edit_person", works_on_person)
rules.add_perm("foreigners.unmask_person", works_on_person)
rules.add_perm("foreigners.judge_same", works_on_person)
rules.add_perm("foreigners.merge_persons", works_on_person)
rules.add_perm("foreigners.settle_statements", works_on_person)
# Facts of health and harm are for those on duty (design 8, features B4 105).
rules.add_perm(
    "foreigners.read_protection_of_person",
    works_on_person & (is_section_head | is_chief | works_on_a_case_of),
)
rules.add_perm(
    "foreigners.determine_protection_of_person", is_section_head & is_of_persons_office
)
rules.add_perm(
    "foreigners.raise_protection_of_person", works_on_person & works_on_a_case_of
)
rules.add_perm("foreigners.read_access_log", is_auditor)
