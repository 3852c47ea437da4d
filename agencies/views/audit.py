from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agencies.forms.audit import AuditFilter
from agencies.http import Request
from agencies.models import AuditEntry


@require_GET
def audit(request: Request) -> HttpResponse:
    """Who did what, as far as the person may know: own acts, or the office's."""
    found = AuditFilter(
        request.GET,
        AuditEntry.objects.visible_to(request.user).select_related(
            "actor", "on_behalf_of"
        ),
    )
    page = Paginator(found.qs, 50).get_page(request.GET.get("halaman"))
    return render(request, "agencies/audit.html", {"filter": found, "page": page})
