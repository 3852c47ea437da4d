"""Sending files that exist; whoever calls has checked who asks."""

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from documents.models import DocumentVersion, Upload
from documents.services.storing import stored


def send_upload(upload: Upload) -> HttpResponseBase:
    """A picture to look at; anything else to keep, never opened on our own origin."""
    is_picture = upload.kind == Upload.Kind.PICTURE
    return send_file(
        upload.file,
        mime=upload.mime,
        name=upload.name,
        sha256=upload.sha256,
        inline=is_picture,
    )


def send_version(
    version: DocumentVersion, *, stamped: bool = False, unsigned: bool = False
) -> HttpResponseBase:
    """The file of a ready version with its signatures; with ``stamped`` the copy that says
    *diganti*, with ``unsigned`` as it was drawn."""
    path, sha256 = version.latest_file, version.latest_sha256
    if stamped:
        path, sha256 = version.stamped_file, version.stamped_sha256
    elif unsigned:
        path, sha256 = version.file, version.sha256
    return send_file(
        path,
        mime="application/pdf",
        name=version.file_name,
        sha256=sha256,
        inline=True,
    )


def send_file(
    path: str, *, mime: str, name: str, sha256: str, inline: bool
) -> HttpResponseBase:
    response: HttpResponseBase
    if settings.ACCEL_REDIRECT_PREFIX:
        response = HttpResponse(content_type=mime)
        response["X-Accel-Redirect"] = f"{settings.ACCEL_REDIRECT_PREFIX}/{path}"
        shown = content_disposition_header(not inline, name)
        if shown:
            response["Content-Disposition"] = shown
    else:
        # The response closes the file when it was sent.
        response = FileResponse(
            stored(path).open("rb"),
            as_attachment=not inline,
            filename=name,
            content_type=mime,
        )
    response["ETag"] = f'"{sha256}"'
    response["Cache-Control"] = "private, no-cache"
    if mime != "application/pdf":
        # An opened upload may do nothing on our origin; browsers' PDF viewers do not run
        # in a sandbox, and a PDF is only shown inline when we made it.
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
