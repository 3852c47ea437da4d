from typing import Any

from django.core.management.base import BaseCommand

from foreigners.services.nationalities import load_nationalities


class Command(BaseCommand):
    help = "Muat kewarganegaraan menurut kode ICAO; aman diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        if new := load_nationalities():
            self.stdout.write(f"Data acuan: {new} kewarganegaraan baru.")
