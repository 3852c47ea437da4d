from foreigners.models.case import (
    Case,
    CaseEvent,
    CaseGuarantor,
    CaseNote,
    CasePaper,
    CasePerson,
    CaseViolation,
    Hold,
    SavedFilter,
)
from foreigners.models.clock import Clock, Extension, Pause, Shift
from foreigners.models.custody import (
    Admonition,
    Custody,
    Evidence,
    Prosecution,
    Referral,
    StageEvent,
)
from foreigners.models.finding import Finding, FindingEvent, FindingPerson
from foreigners.models.foreigner import Foreigner, NameKey, OtherName
from foreigners.models.guarantor import Guarantee, Guarantor
from foreigners.models.law import (
    Certainty,
    ClockRule,
    Ground,
    MeasureKind,
    Nationality,
    PermitKind,
    Setting,
    Tariff,
    Violation,
    VisaIndex,
)
from foreigners.models.measure import (
    DetentionGround,
    DetentionReview,
    ExecutionRecord,
    Measure,
    Objection,
    OverstaySheet,
)
from foreigners.models.merge import Merge, Verdict
from foreigners.models.permit import StayPermit
from foreigners.models.protection import Protection
from foreigners.models.reading import Reading
from foreigners.models.statement import Settlement, Statement
from foreigners.models.travel_document import TravelDocument
from foreigners.models.work import (
    Conference,
    Examination,
    Order,
    Position,
    Question,
)

__all__ = [
    "Case",
    "CaseEvent",
    "CaseGuarantor",
    "CaseNote",
    "CasePaper",
    "CasePerson",
    "CaseViolation",
    "Certainty",
    "Clock",
    "ClockRule",
    "Conference",
    "Custody",
    "DetentionGround",
    "DetentionReview",
    "Evidence",
    "Examination",
    "ExecutionRecord",
    "Extension",
    "Finding",
    "FindingEvent",
    "FindingPerson",
    "Foreigner",
    "Ground",
    "Guarantee",
    "Guarantor",
    "Hold",
    "Measure",
    "MeasureKind",
    "Merge",
    "NameKey",
    "Nationality",
    "Objection",
    "Order",
    "OtherName",
    "OverstaySheet",
    "Pause",
    "PermitKind",
    "Position",
    "Prosecution",
    "Protection",
    "Question",
    "Reading",
    "Referral",
    "SavedFilter",
    "Setting",
    "Settlement",
    "Shift",
    "StageEvent",
    "Statement",
    "StayPermit",
    "Tariff",
    "TravelDocument",
    "Verdict",
    "Violation",
    "VisaIndex",
    "Admonition",
]
