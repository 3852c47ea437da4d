from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from agencies.services.restoring import restore
from timpora.errors import DomainError


class Command(BaseCommand):
    help = (
        "Pulihkan berkas cadangan ke basis data yang kosong, lalu periksa jejak audit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--keys-are-lost", action="store_true")

    def handle(
        self, *args: Any, file: Path, keys_are_lost: bool, **options: Any
    ) -> None:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        try:
            manifest = restore(file, keys_are_lost=keys_are_lost)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Dipulihkan: {manifest}, keadaan {manifest.made_at}.")
        call_command("audit", "verify")
