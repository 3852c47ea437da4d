"""What every view of every app needs of a request."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from agencies.models import User
from timpora.htmx import HtmxRequest


class Request(HtmxRequest):
    """A request as our views get it: ``LoginRequiredMiddleware`` let it through."""

    user: User


def require(user: User, permission: str, obj: Model | None = None) -> None:
    if not user.has_perm(permission, obj):
        raise PermissionDenied(permission)


def tell_unsaved(request: Request, why: object, form: forms.Form) -> None:
    """Why nothing was saved, with the words that are lost where the form is shown no more."""
    words = [
        f"“{field.value()}”"
        for field in form.visible_fields()
        if isinstance(field.field, forms.CharField) and field.value()
    ]
    kept = _("Tulisan Anda, yang tidak tersimpan: %s") % ", ".join(words)
    messages.error(request, f"{why} {kept}" if words else str(why))


def typed_over(request: Request, **shown: object) -> QueryDict:
    """What was typed, over the state that the page of a conflict shows beside it.

    ``shown`` is the hidden field that names this state, mostly ``revision``: whoever saves
    again has read what they replace.
    """
    typed = request.POST.copy()
    for name, value in shown.items():
        typed[name] = str(value)
    return typed
