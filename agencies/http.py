"""What every view of every app needs of a request."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model

from agencies.models import User
from timpora.htmx import HtmxRequest


class Request(HtmxRequest):
    """A request as our views get it: ``LoginRequiredMiddleware`` let it through."""

    user: User


def require(user: User, permission: str, obj: Model | None = None) -> None:
    if not user.has_perm(permission, obj):
        raise PermissionDenied(permission)
