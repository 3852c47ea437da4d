from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.services.backing_up import back_up


class Command(BaseCommand):
    help = "Tulis seluruh instalasi ke satu berkas cadangan dalam folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made = back_up(folder)
        except OSError as error:
            raise CommandError(f"Cadangan tidak dapat ditulis: {error}") from error
        self.stdout.write(
            f"{made.path}: {made.manifest}.\n"
            "Kunci tidak ikut; simpan di tempat lain (berkas *-key dalam VAR_DIR)."
        )
        if made.damaged:
            raise CommandError(
                f"Isi {len(made.damaged)} berkas tersimpan sudah berubah: "
                + ", ".join(made.damaged)
            )
