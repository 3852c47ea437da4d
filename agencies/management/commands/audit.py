from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.models import AuditHead
from agencies.queries.audit_chain import beyond_the_heads, broken_links, heads


class Command(BaseCommand):
    help = "audit verify: periksa setiap rantai jejak audit, baris demi baris."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = sum(self.tell(head) for head in heads())
        for finding in beyond_the_heads():
            self.stdout.write(str(finding))
            found += 1
        if found:
            raise CommandError(f"Jejak audit tidak utuh: {found} temuan.")

    def tell(self, head: AuditHead) -> int:
        """Tell what is wrong with a chain, or its head, which is worth keeping outside."""
        found = 0
        for finding in broken_links(head):
            self.stdout.write(str(finding))
            found += 1
        if not found:
            self.stdout.write(
                f"{head.chain}: {head.position} baris utuh, kepala {head.digest}"
            )
        return found
