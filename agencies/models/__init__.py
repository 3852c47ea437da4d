from agencies.models.agency import Agency, AgencyName, AgencyType
from agencies.models.audit import AuditEntry, AuditHead
from agencies.models.holiday import Holiday
from agencies.models.notification import Notification
from agencies.models.office import Logo, Office, Signer
from agencies.models.region import Region
from agencies.models.team import Decree, Membership, Team
from agencies.models.user import User

__all__ = [
    "Agency",
    "AgencyName",
    "AgencyType",
    "AuditEntry",
    "AuditHead",
    "Decree",
    "Holiday",
    "Logo",
    "Membership",
    "Notification",
    "Office",
    "Region",
    "Signer",
    "Team",
    "User",
]
