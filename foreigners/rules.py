"""Who may do what to findings, persons and cases: one block a process."""

import rules
from django.db.models import Model

from agencies.models import User
from agencies.rules import (
    is_auditor,
    is_chief,
    is_liaison,
    is_section_head,
    works_on_content,
)
from foreigners.models import Case, Finding, Referral


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
rules.add_perm("foreigners.warn", is_section_head & is_of_the_office)
