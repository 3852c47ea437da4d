from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.http import Request, require
from documents.http import send_upload, send_version
from documents.models import DocumentVersion
from documents.services.signed_files import accept_signed
from foreigners.forms.papers import SignedPaperForm
from foreigners.http import case_or_404
from foreigners.models import Reading
from foreigners.services.disclosing import note_reading
from foreigners.views.acting import Act, act_on


@require_GET
def paper(request: Request, pk: int) -> HttpResponseBase:
    """A paper of a case: its case is the only door, and taking it is noted.

    A superseded version comes with the stamp *diganti*.
    """
    version = get_object_or_404(
        DocumentVersion.objects.with_owed()
        .filter(document__case_paper__isnull=False)
        .select_related("document__case_paper")
        .defer("snapshot"),
        pk=pk,
    )
    guarded = version.document.case_paper
    case = case_or_404(request, guarded.case_id)
    require(request.user, "foreigners.read_case", case)
    stamped = version.is_superseded
    lacks_stamp = stamped and not version.stamped_file
    if not version.is_ready or version.owes_signature or lacks_stamp:
        raise Http404
    note_reading(
        request.user,
        Reading.Verb.DOWNLOADED,
        office_id=case.office_id,
        foreigners=guarded.persons.all(),
        case=case,
        fields=[version.document.kind],
        sha256=version.stamped_sha256 if stamped else version.latest_sha256,
    )
    return send_version(version, stamped=stamped)


@require_http_methods(["GET", "POST"])
def paper_signed(request: Request, pk: int) -> HttpResponse:
    """Bring back a paper of a case that was signed outside."""
    version = get_object_or_404(
        DocumentVersion.objects.filter(
            document__case_paper__isnull=False
        ).select_related("document__case_paper"),
        pk=pk,
    )
    case = case_or_404(request, version.document.case_paper.case_id)
    require(request.user, "foreigners.bring_signed", case)
    form = SignedPaperForm(request.POST or None, request.FILES or None)
    act = Act(
        title=_("Unggah berkas bertanda tangan"),
        button=_("Periksa dan simpan"),
        done=_("Berkas bertanda tangan diterima."),
        back=case.get_absolute_url(),
        back_text=case,
        lines=(
            _(
                "%(paper)s, versi %(version)d: unduh PDF-nya, tandatangani di luar "
                "aplikasi tanpa mencetak atau menyimpan ulang, lalu unggah di sini."
            )
            % {"paper": version.document, "version": version.version},
        ),
    )
    return act_on(
        request,
        form,
        act,
        lambda: accept_signed(version, file=form.cleaned_data["file"], by=request.user),
    )


@require_GET
def note_file(
    request: Request, pk: int, note_pk: int, upload_pk: int
) -> HttpResponseBase:
    case = case_or_404(request, pk)
    require(request.user, "foreigners.read_case", case)
    note = get_object_or_404(case.notes.readable_by(request.user), pk=note_pk)
    upload = get_object_or_404(note.files, pk=upload_pk)
    note_reading(
        request.user,
        Reading.Verb.DOWNLOADED,
        office_id=case.office_id,
        foreigners=[row.foreigner for row in case.persons.select_related("foreigner")],
        case=case,
        fields=["note"],
        sha256=upload.sha256,
    )
    return send_upload(upload)
