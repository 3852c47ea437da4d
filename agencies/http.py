"""What every view of every app needs of a request."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import QueryDict

from agencies.models import User
from timpora.htmx import HtmxRequest


class Request(HtmxRequest):
    """A request as our views get it: ``LoginRequiredMiddleware`` let it through."""

    user: User


def require(user: User, permission: str, obj: Model | None = None) -> None:
    if not user.has_perm(permission, obj):
        raise PermissionDenied(permission)


def typed_over(request: Request, **shown: object) -> QueryDict:
    """What was typed, over the state that the page of a conflict shows beside it.

    ``shown`` is the hidden field that names this state (mostly ``revision``): whoever
    saves again has read what they replace.
    """
    typed = request.POST.copy()
    for name, value in shown.items():
        typed[name] = str(value)
    return typed
