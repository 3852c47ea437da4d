from typing import Any

from celery import shared_task

# Seconds. Hundreds of pages on a busy machine; its lease is renewed with each part.
LONGEST_DRAWING = 3600


@shared_task(time_limit=LONGEST_DRAWING)
def render(version_pk: int, then: dict[str, Any] | None = None) -> None:
    from documents.services.rendering import render_version  # noqa: PLC0415 -- leaf

    render_version(version_pk, then=then)


@shared_task
def sign(signature_pk: int, then: dict[str, Any] | None = None) -> None:
    from documents.services.rendering import tell  # noqa: PLC0415 -- leaf
    from documents.services.signing import make_signature  # noqa: PLC0415 -- leaf

    if make_signature(signature_pk) and then:
        tell(then)


@shared_task(time_limit=LONGEST_DRAWING)
def stamp(version_pk: int) -> None:
    from documents.services.rendering import stamp_version  # noqa: PLC0415 -- leaf

    stamp_version(version_pk)


@shared_task
def bind(dossier_pk: int) -> None:
    from documents.services.dossiers import make  # noqa: PLC0415 -- leaf

    make(dossier_pk)


@shared_task
def sweep() -> None:
    from documents.services import (  # noqa: PLC0415 -- leaf
        certificates,
        dossiers,
        rendering,
        signing,
    )
    from documents.services.storing import clear_parts  # noqa: PLC0415 -- leaf

    rendering.send_owed()
    signing.send_owed()
    certificates.warn_of_expiry()
    dossiers.send_owed()
    dossiers.forget_old()
    clear_parts()
