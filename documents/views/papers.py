from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.http import Request, require
from agencies.services.audit import record
from documents.forms.papers import DocumentFilter
from documents.http import send_version
from documents.models import Document, DocumentVersion
from documents.services.rendering import stop_drawing, try_again
from timpora.errors import DomainError
from timpora.htmx import go_to, page_or_partial


@require_GET
def papers(request: Request) -> HttpResponse:
    require(request.user, "documents.list")
    found = DocumentFilter(
        request.GET, Document.objects.visible_to(request.user).for_list()
    )
    page = Paginator(found.qs, 25).get_page(request.GET.get("halaman"))
    return render(
        request,
        page_or_partial(request, "documents/document_list.html", "rows"),
        {"filter": found, "page": page},
    )


@require_GET
def detail(request: Request, pk: int) -> HttpResponse:
    document = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("office"), pk=pk
    )
    versions = list(
        document.versions.select_related("stopped_by")
        .prefetch_related("signatures")
        .defer("snapshot")
    )
    return render(
        request,
        page_or_partial(request, "documents/document_detail.html", "versions"),
        {
            "document": document,
            "versions": versions,
            "is_working": is_working(versions[0]),
        },
    )


def is_working(version: DocumentVersion) -> bool:
    """Whether the worker still draws or signs it, and the page should look again."""
    return not (version.is_final or version.state == DocumentVersion.State.FAILED)


@require_GET
def download(request: Request, pk: int) -> HttpResponseBase:
    """The file that exists; a superseded version comes with the stamp *diganti*.

    The office may ask for the original bytes with ``?asli=1``, to verify them, and for
    those before any signature with ``?konsep=1``.
    """
    version = get_object_or_404(
        DocumentVersion.objects.with_owed()
        .filter(document__in=Document.objects.visible_to(request.user))
        .select_related("document")
        .defer("snapshot"),
        pk=pk,
    )
    require(request.user, "documents.read", version.document)
    wants_original = request.user.works_on_content and "asli" in request.GET
    unsigned = request.user.works_on_content and "konsep" in request.GET
    stamped = version.is_superseded and not wants_original and not unsigned
    lacks_stamp = stamped and not version.stamped_file
    if not version.is_ready or version.owes_signature or lacks_stamp:
        raise Http404
    response = send_version(version, stamped=stamped, unsigned=unsigned)
    record(
        request.user,
        "documents.download",
        version.document,
        office_id=version.document.office_id,
        version=version.version,
        sha256=response["ETag"].strip('"'),
    )
    return response


@require_POST
def retry(request: Request, pk: int) -> HttpResponse:
    """Render a version that failed or was stopped once more."""
    version = version_or_404(request, pk)
    require(request.user, "documents.retry", version.document)
    try_again(version)
    messages.success(request, _("Berkas dibuat ulang."))
    return go_to(request, version.document.get_absolute_url())


@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """Call off a version that is being drawn; it can be drawn again at any time."""
    version = version_or_404(request, pk)
    require(request.user, "documents.stop", version)
    try:
        stop_drawing(version, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Pembuatan berkas dihentikan."))
    return go_to(request, version.document.get_absolute_url())


def version_or_404(request: Request, pk: int) -> DocumentVersion:
    versions = DocumentVersion.objects.filter(
        document__in=Document.objects.visible_to(request.user)
    )
    return get_object_or_404(
        versions.select_related("document").defer("snapshot"), pk=pk
    )
