from typing import Any

from django.core.management.base import BaseCommand

from agencies.services.reference import load_masters


class Command(BaseCommand):
    help = "Muat jenis instansi, hari libur, dan wilayah Banten; aman diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        new = load_masters()
        if any(new.values()):
            self.stdout.write(
                f"Data acuan: {new['agency_types']} jenis instansi, "
                f"{new['holidays']} hari libur, {new['regions']} wilayah baru."
            )
