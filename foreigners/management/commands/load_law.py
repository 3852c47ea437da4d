from typing import Any

from django.core.management.base import BaseCommand

from foreigners.services.nationalities import load_nationalities
from foreigners.services.reference import load_law


class Command(BaseCommand):
    help = (
        "Muat data hukum (pasal, pelanggaran, tindakan, tarif, tenggat) dan "
        "kewarganegaraan; aman diulang."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        new = load_law()
        if any(new.values()):
            self.stdout.write(
                f"Data hukum: {new['grounds.csv']} dasar, "
                f"{new['violations.csv']} pelanggaran, "
                f"{new['measure_kinds.csv']} jenis tindakan, "
                f"{new['clock_rules.csv']} aturan tenggat baru."
            )
        if nationalities := load_nationalities():
            self.stdout.write(f"Data acuan: {nationalities} kewarganegaraan baru.")
