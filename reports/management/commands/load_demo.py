import datetime as dt
import json
import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from agencies.models import Office
from agencies.services.reference import load_masters
from documents.models import Document, DocumentVersion, Signature
from documents.services.rendering import render_version
from documents.services.signing import make_signature
from foreigners.services.nationalities import load_nationalities
from foreigners.services.reference import load_law
from meetings.models import Meeting
from reports.demonstration.case_scripts import CASES
from reports.demonstration.casework import stage_case
from reports.demonstration.certificate import certify_chief
from reports.demonstration.masters import Cast, build_cast, build_regional_cast
from reports.demonstration.recapping import keep_recaps, set_targets
from reports.demonstration.registry import register_people
from reports.demonstration.scripts import SCRIPTS
from reports.demonstration.staging import stage


class Command(BaseCommand):
    help = "Muat kantor demonstrasi; dengan --if-empty hanya bila belum ada kantor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true")

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if Office.objects.exists():
            if not if_empty:
                self.stderr.write("Sudah ada kantor; demonstrasi tidak dimuat.")
            return
        self.stdout.write("Memuat demonstrasi; sekali saja, kira-kira satu menit.")
        cast = load(today=timezone.localdate())
        write_accounts(cast.accounts)
        # The chief may open the minutes at once; letters follow in the worker.
        for pk in DocumentVersion.objects.filter(
            document__kind=Document.Kind.MINUTES, state=DocumentVersion.State.QUEUED
        ).values_list("pk", flat=True):
            render_version(pk)
        for pk in Signature.objects.filter(
            version__document__kind=Document.Kind.MINUTES, state=Signature.State.OWED
        ).values_list("pk", flat=True):
            make_signature(pk)


@transaction.atomic
def load(*, today: dt.date) -> Cast:
    """The whole demonstration, or nothing of it."""
    load_masters()
    load_law()
    load_nationalities()
    cast = build_cast(today=today)
    certify_chief(cast)
    regional = build_regional_cast(cast, today=today)
    held: dict[str, Meeting] = {}
    for script in SCRIPTS:
        of = regional if script.team == "provinsi" else cast
        held[script.key] = stage(script, of, held, today=today)
    registry = register_people(cast, today=today)
    for case in sorted(CASES, key=lambda case: -case.days_ago):
        stage_case(case, cast, registry, held, today=today)
    set_targets(cast, today=today)
    keep_recaps(cast, held["operasi-laut"], today=today)
    return cast


def write_accounts(accounts: list[dict[str, str]]) -> None:
    """The only place where the random passwords stand; readable by its owner alone."""
    path = settings.VAR_DIR / "demo-accounts.json"
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(accounts, file, ensure_ascii=False, indent=1)
    path.chmod(0o600)
