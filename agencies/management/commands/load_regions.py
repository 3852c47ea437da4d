from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.services.reference import SHIPPED_PROVINCE, load_regions
from timpora.errors import DomainError


class Command(BaseCommand):
    help = "Muat wilayah satu provinsi (kode Kemendagri dua angka)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("province", nargs="?", default=SHIPPED_PROVINCE)

    def handle(self, *args: Any, province: str, **options: Any) -> None:
        try:
            new = load_regions(province)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{new} wilayah baru.")
