"""One act on one page: its form, its service, and what comes back when it is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from agencies.http import Request
from timpora.errors import DomainError
from timpora.htmx import go_to


@dataclass(frozen=True)
class Act:
    """What the page says around the form; ``back`` is where it came from and leads to."""

    title: Any
    button: Any
    done: Any
    back: str
    back_text: Any
    lines: tuple[Any, ...] = ()
    warning: Any = ""
    conflicts: tuple[type[DomainError], ...] = ()
    context: dict[str, Any] = field(default_factory=dict)
    template: str = "foreigners/act.html"


def act_on(
    request: Request, form: forms.Form, act: Act, perform: Callable[[], Any]
) -> HttpResponse:
    """Perform what the form asks: 422 for what was typed wrong, 409 for what changed."""
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            result = perform()
        except DomainError as error:
            form.add_error(None, str(error))
            status = 409 if isinstance(error, act.conflicts) else 422
        else:
            messages.success(request, act.done)
            url = getattr(result, "get_absolute_url", None)
            return go_to(request, url() if url else act.back)
    return render(
        request, act.template, {**act.context, "act": act, "form": form}, status=status
    )
