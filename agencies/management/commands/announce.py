import json
import signal
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand

# A first start renders nothing yet; the worker's first heartbeat is what takes longest.
PATIENCE = 120


class Command(BaseCommand):
    """Waits for the site to be up, says where it is and who may log in, then stays."""

    help = "Tunggu sampai situs siap, lalu cetak alamat dan akun demonstrasi."

    def handle(self, *args: Any, **options: Any) -> None:
        if self.is_up():
            self.say()
        else:
            self.stderr.write(
                f"Situs belum siap setelah {PATIENCE} detik; lihat pesan di atas."
            )
        # Under the supervisor: whoever ends here would end the others.
        signal.pause()

    def is_up(self) -> bool:
        for _ in range(PATIENCE):
            if self.health() == 200:
                return True
            time.sleep(1)
        return False

    def health(self) -> int | None:
        """The answer's status; asked under the site's own name, maybe the only allowed."""
        host = urlsplit(settings.SITE_URL).netloc
        with closing(HTTPConnection("127.0.0.1", settings.PORT, timeout=5)) as server:
            try:
                server.request("GET", "/sehat/", headers={"Host": host})
                return server.getresponse().status
            except (HTTPException, OSError):
                return None

    def say(self) -> None:
        self.stdout.write(f"\nTIMPORA siap: {settings.SITE_URL}")
        accounts = settings.VAR_DIR / "demo-accounts.json"
        if settings.DEMO and accounts.exists():
            self.stdout.write("Akun demonstrasi (semuanya di var/demo-accounts.json):")
            for account in self.one_per_role(json.loads(accounts.read_text())):
                self.stdout.write(
                    f"  {account['role']:14} {account['email']:44} {account['password']}"
                )
        self.stdout.write("Ctrl-C menghentikan semuanya.\n")

    def one_per_role(self, accounts: list[dict[str, str]]) -> list[dict[str, str]]:
        first: dict[str, dict[str, str]] = {}
        for account in accounts:
            first.setdefault(account["role"], account)
        return list(first.values())
