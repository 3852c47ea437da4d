from reports.models.export import Export
from reports.models.target import Target

__all__ = ["Export", "Target"]
