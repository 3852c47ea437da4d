from celery import shared_task


@shared_task
def sweep() -> None:
    from django.utils import timezone  # noqa: PLC0415 -- leaf

    from foreigners.services.ticking import tick  # noqa: PLC0415 -- leaf

    tick(timezone.now())


@shared_task
def rehash() -> None:
    from django.utils import timezone  # noqa: PLC0415 -- leaf

    from foreigners.services.custody import rehash_evidence  # noqa: PLC0415 -- leaf

    rehash_evidence(at=timezone.now())
