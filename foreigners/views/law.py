from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from agencies.views.masters import show_row, show_rows
from foreigners.masters import LAW, LAW_REGISTER
from foreigners.models import Certainty


@require_GET
def law(request: Request) -> HttpResponse:
    """The kinds of rows, with how many of each nobody has verified yet."""
    require(request.user, LAW_REGISTER.permission)
    kinds = []
    for kind, master in LAW.items():
        unsure = Q(certainty=Certainty.UNVERIFIED) if master.mark else Q(pk=None)
        counts = master.rows(request.user).aggregate(
            rows=Count("pk"), unverified=Count("pk", filter=unsure)
        )
        kinds.append({"kind": kind, "title": master.title, **counts})
    return render(request, "foreigners/law.html", {"kinds": kinds})


@require_GET
def law_list(request: Request, kind: str) -> HttpResponse:
    return show_rows(request, LAW_REGISTER, kind)


@require_http_methods(["GET", "POST"])
def law_edit(request: Request, kind: str, pk: str = "") -> HttpResponse:
    return show_row(request, LAW_REGISTER, kind, pk)
