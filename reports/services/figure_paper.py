"""A dashboard on paper: the sections of its page, with the same pictures."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from documents.models import Classification
from reports.queries.dashboard_outlook import Outlook
from reports.queries.dashboard_section import Section
from timpora.pdf import render_pdf


def draw_figures(
    *,
    title: str,
    outlook: Outlook,
    sections: Sequence[Section],
    classification: Classification,
    mark: str,
    at: dt.datetime,
) -> bytes:
    """No official paper: it has no number, and ``mark`` says who took it out. ``at`` is
    the moment that the file tells of its own making."""
    context = {
        "title": title,
        "agency": outlook.user.agency,
        "period": outlook.period.label,
        "sections": sections,
        "classification": classification,
        "mark": mark,
        "demo": settings.DEMO,
    }
    return render_pdf(
        render_to_string("reports/pdf/dasbor.html", context),
        css="css/paper.css",
        data=as_data(title, outlook, sections),
        dated=at,
    )


def as_data(
    title: str, outlook: Outlook, sections: Sequence[Section]
) -> dict[str, Any]:
    """The tables for a machine, as they are read."""
    first, last = outlook.period.days
    return {
        "title": title,
        "agency": str(outlook.user.agency),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "sections": [
            {
                "title": str(section.title),
                "heads": [str(head) for head in section.heads],
                "rows": [[str(cell.text) for cell in row] for row in section.rows],
                "total": [str(cell.text) for cell in section.total],
            }
            for section in sections
        ],
    }
