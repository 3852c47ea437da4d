import errno
import os
import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection


class Command(BaseCommand):
    """Stops a start that cannot succeed, with the one sentence that says why."""

    help = "Periksa apakah porta bebas dan basis data menjawab."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.require_port(os.environ.get("BIND", "0.0.0.0"), settings.PORT)  # noqa: S104 -- as the server binds
        self.require_database()

    def require_port(self, host: str, port: int) -> None:
        """As the web server will take it: a port that only lingers is free."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    raise CommandError(
                        f"Port {port} sudah dipakai. Pilih yang lain, misalnya: "
                        f"PORT={port + 1} make run"
                    ) from error
                raise CommandError(
                    f"Port {port} tidak dapat dipakai pada {host}: {error.strerror}."
                ) from error

    def require_database(self) -> None:
        try:
            connection.ensure_connection()
        except Error as error:
            said = " ".join(str(error).split())
            raise CommandError(
                f"Basis data pada DATABASE_URL tidak menjawab: {said}"
            ) from error
