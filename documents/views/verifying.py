from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from documents.forms.papers import VerifyForm
from documents.services.verifying import (
    Answer,
    TooManyQuestions,
    Verdict,
    by_code,
    by_digest,
    by_file,
    throttle,
)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Drop a file and read whether it is asli, diganti or tidak dikenal."""
    if request.method == "GET":
        return show(request, form=VerifyForm())
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, form=form, status=422)
    try:
        throttle(request.META["REMOTE_ADDR"])
    except TooManyQuestions as error:
        return show(request, form=form, refusal=str(error), status=429)
    sha256, file = form.cleaned_data["sha256"], form.cleaned_data["file"]
    answer = by_file(file) if file else by_digest(sha256)
    return show(request, form=VerifyForm(), answer=answer)


@login_not_required
@never_cache
@require_GET
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR of a paper opens; an unknown code is a 404 with the same look."""
    try:
        throttle(request.META["REMOTE_ADDR"])
    except TooManyQuestions as error:
        return show(request, form=VerifyForm(), refusal=str(error), status=429)
    answer = by_code(code)
    status = 404 if answer.verdict is Verdict.UNKNOWN else 200
    return show(request, form=VerifyForm(), answer=answer, status=status)


def show(
    request: HttpRequest,
    *,
    form: VerifyForm,
    answer: Answer | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    response = render(
        request,
        "documents/verify.html",
        {"form": form, "answer": answer, "refusal": refusal},
        status=status,
    )
    response["X-Robots-Tag"] = "noindex"
    return response
