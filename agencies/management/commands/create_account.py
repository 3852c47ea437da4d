from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agencies.forms.first_account import FirstAccountForm
from agencies.models import User
from agencies.services.accounts import invite_account, password_link
from agencies.services.offices import office_called
from timpora.errors import DomainError


class Command(BaseCommand):
    help = "Buat akun pegawai kantor; kantornya dibuat bila belum ada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", required=True, help="nama resmi kantor")
        parser.add_argument(
            "--city", default="", help="tempat surat, untuk kantor baru"
        )
        parser.add_argument("--role", required=True, help="misalnya administrator")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True, help="nama dan gelar")

    def handle(self, *args: Any, **options: Any) -> None:
        form = FirstAccountForm(options)
        if not form.is_valid():
            raise CommandError("\n".join(form.sentences()))
        try:
            user = create_account(**form.cleaned_data)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Akun {user.get_role_display()} dibuat untuk {user.name}.\n"
            "Kata sandi dibuat sekali saja, dalam tiga hari, melalui tautan ini "
            "(juga dikirim lewat surel):\n\n"
            f"{password_link(user)}\n"
        )


@transaction.atomic
def create_account(*, office: str, city: str, role: str, email: str, name: str) -> User:
    """Office and account, or neither."""
    of = office_called(office, city=city)
    return invite_account(
        email=email,
        name=name,
        role=role,
        agency=of.agency,
        office_id=of.pk,
        by=None,
    )
