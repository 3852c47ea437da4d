"""A recap as files: XLSX as it was frozen, DOCX to paste from."""

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from agencies.http import Request
from agencies.services.audit import record
from documents.services.storing import stored
from reports.models import Recap
from reports.services.spreadsheet import spreadsheet_of
from reports.services.word import chapter_of
from reports.views.recaps import recap_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file_name(recap: Recap, ending: str) -> str:
    days = f"{recap.starts_on:%Y%m%d}-{recap.ends_on:%Y%m%d}"
    return f"rekap_{recap.kind}_{days}.{ending}"


@require_GET
def recap_xlsx(request: Request, pk: int) -> HttpResponseBase:
    """Frozen: the bytes that were kept then. A draft is written now, and says so."""
    recap = recap_or_404(request, pk)
    record(request.user, "reports.download_xlsx", recap, office_id=recap.office_id)
    name = file_name(recap, "xlsx")
    if recap.is_frozen:
        return FileResponse(
            stored(recap.spreadsheet).open("rb"),
            as_attachment=True,
            filename=name,
            content_type=XLSX,
        )
    return attachment(spreadsheet_of(recap), name, XLSX)


@require_GET
def recap_docx(request: Request, pk: int) -> HttpResponse:
    recap = recap_or_404(request, pk)
    record(request.user, "reports.download_docx", recap, office_id=recap.office_id)
    return attachment(chapter_of(recap), file_name(recap, "docx"), DOCX)


def attachment(content: bytes, name: str, mime: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
