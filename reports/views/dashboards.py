from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from agencies.views.masters import show_row, show_rows
from reports.exports import PAGES
from reports.forms.dashboards import PeriodForm
from reports.masters import PLAN_REGISTER
from reports.queries.dashboard_figures import offered_to, rows_behind
from reports.queries.dashboard_outlook import Outlook


@require_GET
def dashboard(request: Request) -> HttpResponse:
    """How things stand, for the office or for a liaison's own agency."""
    return show_page(request, "dasbor")


@require_GET
def district_map(request: Request) -> HttpResponse:
    """The tiles alone, in the edition that may leave the office."""
    return show_page(request, "peta")


def show_page(request: Request, name: str) -> HttpResponse:
    page = PAGES[name]
    require(request.user, page.permission)
    form = PeriodForm(request.GET)
    context: dict[str, object] = {"name": name, "page": page}
    if form.is_valid():
        outlook = Outlook(request.user, form.period, timezone.localdate())
        context |= {"outlook": outlook, "sections": page.sections(outlook)}
    return show(request, form, **context)


def show(request: Request, form: PeriodForm, **context: object) -> HttpResponse:
    return render(
        request,
        "reports/dashboard.html",
        {"form": form, **context},
        status=422 if form.errors else 200,
    )


@require_GET
def dashboard_rows(request: Request, figure: str) -> HttpResponse:
    """What a number of the dashboard counts, row by row."""
    require(request.user, "reports.view_dashboard")
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return show(request, form)
    outlook = Outlook(request.user, form.period, timezone.localdate())
    counted = offered_to(outlook).get(figure)
    if counted is None:
        raise Http404
    keys = {name: request.GET[name].replace("\x00", "") for name in request.GET}
    page = Paginator(rows_behind(figure, outlook, keys), 50).get_page(
        request.GET.get("halaman")
    )
    return render(
        request,
        "reports/dashboard_rows.html",
        {
            "figure": counted,
            "outlook": outlook,
            "page": page,
            "lines": [counted.line(row) for row in page],
        },
    )


@require_GET
def plan_list(request: Request, kind: str) -> HttpResponse:
    return show_rows(request, PLAN_REGISTER, kind)


@require_http_methods(["GET", "POST"])
def plan_edit(request: Request, kind: str, pk: str = "") -> HttpResponse:
    return show_row(request, PLAN_REGISTER, kind, pk)
