from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request, require
from documents.forms.signing import CertificateForm, SignedFileForm
from documents.models import (
    Document,
    DocumentVersion,
    Signature,
    SigningCertificate,
)
from documents.services.certificates import (
    NameDiffers,
    keep_certificate,
    remove_certificate,
)
from documents.services.signed_files import accept_signed
from documents.services.signing import sign_seat
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def certificates(request: Request) -> HttpResponse:
    """With what the office's signers sign; a new file replaces the one before."""
    require(request.user, "documents.manage_certificates")
    form = CertificateForm(
        request.POST or None,
        request.FILES or None,
        office_id=request.user.agency_id,
        initial={"signer": request.GET.get("penanda", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            keep_certificate(by=request.user, **form.cleaned_data)
        except NameDiffers as error:
            form.add_error("name_reason", str(error))
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("Sertifikat tersimpan."))
            return go_to(request, request.path)
    kept = SigningCertificate.objects.visible_to(request.user)
    return render(
        request,
        "documents/certificates.html",
        {
            "form": form,
            "certificates": kept.in_use().select_related("signer"),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def certificate_remove(request: Request, pk: int) -> HttpResponse:
    require(request.user, "documents.manage_certificates")
    kept = get_object_or_404(
        SigningCertificate.objects.visible_to(request.user).select_related("signer"),
        pk=pk,
    )
    remove_certificate(kept, by=request.user)
    messages.success(request, _("Sertifikat dihapus; kuncinya tidak disimpan lagi."))
    return go_to(request, reverse("documents:certificates"))


@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """Their own place under a paper; the worker appends the signature."""
    signature = get_object_or_404(
        Signature.objects.filter(
            version__document__in=Document.objects.visible_to(request.user)
        ).select_related("version__document", "signer"),
        pk=pk,
    )
    require(request.user, "documents.sign", signature)
    try:
        sign_seat(signature, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Tanda tangan sedang dibubuhkan."))
    return go_to(request, signature.version.document.get_absolute_url())


@require_http_methods(["GET", "POST"])
def signed(request: Request, pk: int) -> HttpResponse:
    """Bring back a version that was signed outside."""
    version = get_object_or_404(
        DocumentVersion.objects.filter(
            document__in=Document.objects.visible_to(request.user)
        ).select_related("document"),
        pk=pk,
    )
    require(request.user, "documents.bring_signed", version.document)
    form = SignedFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_signed(version, file=form.cleaned_data["file"], by=request.user)
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("Berkas bertanda tangan diterima."))
            return go_to(request, version.document.get_absolute_url())
    return render(
        request,
        "documents/signed.html",
        {"form": form, "version": version},
        status=422 if form.errors else 200,
    )
