from celery import shared_task


@shared_task
def sweep() -> None:
    from django.utils import timezone  # noqa: PLC0415 -- leaf

    from foreigners.services.ticking import tick  # noqa: PLC0415 -- leaf

    tick(timezone.now())
