"""Accounts by invitation: a one-time link sets the password, nobody ever types it for them."""

import hashlib

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.services.audit import record
from agencies.services.notifying import notify
from timpora.errors import DomainError


class EmailTaken(DomainError):
    pass


class WrongAgency(DomainError):
    pass


class OwnAccount(DomainError):
    pass


class LastAdministrator(DomainError):
    pass


class AccountInactive(DomainError):
    pass


def check_agency(role: str, agency: Agency, office_id: int | None) -> None:
    """Liaisons sit at other agencies, all other roles in the office itself."""
    is_own = agency.pk == office_id
    if role == User.Role.LIAISON and is_own:
        raise WrongAgency(_("Penghubung berasal dari instansi lain, bukan kantor ini."))
    if role != User.Role.LIAISON and not is_own:
        raise WrongAgency(_("Peran ini hanya untuk pegawai kantor imigrasi ini."))


@transaction.atomic
def invite_account(
    *,
    email: str,
    name: str,
    role: str,
    agency: Agency,
    office_id: int | None,
    by: User | None,
    **facts: str,
) -> User:
    """Make an account without password and owe its owner the link that sets one."""
    check_agency(role, agency, office_id)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, name=name, role=role, agency=agency, created_by=by, **facts
            )
    except IntegrityError as error:
        raise EmailTaken(_("Surel ini sudah dipakai akun lain.")) from error
    mail_link(user, office_id=office_id)
    record(
        by, "accounts.invite", user, office_id=office_id, role=role, agency_of=agency.pk
    )
    return user


@transaction.atomic
def send_link_again(user: User, *, office_id: int | None, by: User | None) -> None:
    """Owe a new link; the one before dies, and so does a password that was set."""
    if not user.is_active:
        raise AccountInactive(_("Akun ini nonaktif. Aktifkan dulu."))
    # The token covers the password's hash, and each unusable one is another.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    mail_link(user, office_id=office_id)
    record(by, "accounts.send_link", user, office_id=office_id)


def password_link(user: User) -> str:
    """Where the account's owner sets a password: once, within three days."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
    return settings.SITE_URL + path


def mail_link(user: User, *, office_id: int | None) -> None:
    link = password_link(user)
    notify(
        key=f"account:{user.pk}:{hashlib.sha256(link.encode()).hexdigest()[:32]}",
        to=user.email,
        subject=_("Akun TIMPORA Anda"),
        body=_(
            "Yth. %(name)s,\n\nAkun TIMPORA dibuat untuk Anda. Buat kata sandi melalui "
            "tautan berikut; tautan berlaku tiga hari dan hanya sekali:\n\n%(link)s\n\n"
            "Bila Anda tidak mengenal permintaan ini, abaikan surel ini."
        )
        % {"name": user.name, "link": link},
        office_id=office_id,
    )


@transaction.atomic
def change_account(
    user: User, *, agency: Agency, role: str, by: User, **facts: str
) -> None:
    """Change who somebody is in the office; nobody changes their own role."""
    if user.pk == by.pk and role != user.role:
        raise OwnAccount(_("Peran akun sendiri diubah oleh administrator lain."))
    check_agency(role, agency, by.office_id)
    if user.role == User.Role.ADMINISTRATOR and role != user.role:
        require_another_administrator(user)
    before = {"role": user.role, "agency": user.agency_id}
    changed = sorted(name for name in facts if facts[name] != getattr(user, name))
    User.objects.filter(pk=user.pk).update(agency=agency, role=role, **facts)
    user.refresh_from_db()
    record(
        by,
        "accounts.change",
        user,
        office_id=by.office_id,
        before=before,
        after={"role": role, "agency": agency.pk},
        changed=changed,
    )


@transaction.atomic
def deactivate(user: User, *, by: User) -> None:
    """Close an account; its sessions end with its next request."""
    if user.pk == by.pk:
        raise OwnAccount(_("Akun sendiri tidak dapat dinonaktifkan."))
    if user.role == User.Role.ADMINISTRATOR:
        require_another_administrator(user)
    user.is_active = False
    if not user.has_usable_password():
        # Another unusable password: a link that was never used dies with the account.
        user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    record(by, "accounts.deactivate", user, office_id=by.office_id)


@transaction.atomic
def activate(user: User, *, by: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.refresh_from_db()
    record(by, "accounts.activate", user, office_id=by.office_id)


def require_another_administrator(user: User) -> None:
    administrators = User.objects.filter(
        agency=user.agency_id, role=User.Role.ADMINISTRATOR, is_active=True
    )
    # The no-op UPDATE locks them all: two cannot send each other away at once.
    administrators.update(role=User.Role.ADMINISTRATOR)
    if not administrators.exclude(pk=user.pk).exists():
        raise LastAdministrator(
            _("Kantor harus mempunyai sedikitnya satu administrator.")
        )
