from foreigners.models.finding import Finding

__all__ = ["Finding"]
