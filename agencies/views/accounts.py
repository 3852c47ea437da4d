from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.forms.masters import AccountForm
from agencies.http import Request, require
from agencies.models import User
from agencies.services.accounts import (
    activate,
    change_account,
    deactivate,
    invite_account,
    send_link_again,
)
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_GET
def accounts(request: Request) -> HttpResponse:
    require(request.user, "agencies.manage_masters")
    users = User.objects.visible_to(request.user).select_related("agency")
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    if text:
        users = users.filter(
            Q(name__icontains=text)
            | Q(email__icontains=text)
            | Q(agency__name__icontains=text)
        )
    page = Paginator(users, 25).get_page(request.GET.get("halaman"))
    return render(request, "agencies/account_list.html", {"page": page, "text": text})


@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    require(request.user, "agencies.manage_masters")
    form = AccountForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            invite_account(
                **form.cleaned_data, office_id=request.user.office_id, by=request.user
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Akun dibuat; tautan kata sandi dikirim."))
            return go_to(request, reverse("agencies:accounts"))
    return render(
        request,
        "agencies/account_form.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def account(request: Request, pk: int) -> HttpResponse:
    require(request.user, "agencies.manage_masters")
    user = get_object_or_404(
        User.objects.visible_to(request.user).select_related("agency"), pk=pk
    )
    form = AccountForm(request.POST or None, instance=user, user=request.user)
    if request.method == "POST" and form.is_valid():
        fresh = User.objects.get(pk=pk)
        try:
            change_account(fresh, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return go_to(request, reverse("agencies:accounts"))
    return render(
        request,
        "agencies/account_form.html",
        {"form": form, "account": user},
        status=422 if form.errors else 200,
    )


@require_POST
def account_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Send the link again, close the account, or open it again."""
    require(request.user, "agencies.manage_masters")
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        match act:
            case "tautan":
                send_link_again(user, office_id=request.user.office_id, by=request.user)
                messages.success(request, _("Tautan baru dikirim; yang lama mati."))
            case "aktifkan":
                activate(user, by=request.user)
                messages.success(request, _("Akun diaktifkan."))
            case "nonaktifkan":
                deactivate(user, by=request.user)
                messages.success(request, _("Akun dinonaktifkan."))
            case _:
                raise Http404
    except DomainError as error:
        messages.error(request, str(error))
    return go_to(request, reverse("agencies:account", args=[pk]))
