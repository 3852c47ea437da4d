"""What views of cases and their parts need: the case, if the person may open it now, and
what they had read."""

import time

from django.db.models import Q
from django.shortcuts import get_object_or_404

from agencies.http import Request
from foreigners.models import Case

# A sealed case opens for a reason, and only for as long as one sits over it.
SEALED = "sealed_cases"
SEALED_SECONDS = 30 * 60


def openable(request: Request) -> Q:
    """Visible cases, and sealed ones that this session gave a reason for."""
    user = request.user
    opened = [
        int(pk)
        for pk, until in request.session.get(SEALED, {}).items()
        if until > time.time()
    ]
    sealed = Case.objects.sealed_for(user).filter(pk__in=opened)
    return Q(pk__in=Case.objects.visible_to(user).values("pk")) | Q(
        pk__in=sealed.values("pk")
    )


def case_or_404(request: Request, pk: int) -> Case:
    return get_object_or_404(
        Case.objects.filter(openable(request)).select_related(
            "office__agency", "region", "responsible"
        ),
        pk=pk,
    )


def visible_case(request: Request, pk: int) -> Case:
    """Without the sealed ones, which a reason opens for reading alone."""
    return get_object_or_404(
        Case.objects.visible_to(request.user).select_related("office__agency"), pk=pk
    )


def revision_read(request: Request) -> int:
    """The revision on the page that a button stood on; 0, which nothing has, without."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def open_sealed(request: Request, case: Case) -> None:
    opened = request.session.get(SEALED, {})
    request.session[SEALED] = {**opened, str(case.pk): time.time() + SEALED_SECONDS}
