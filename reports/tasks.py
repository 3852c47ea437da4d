from celery import shared_task


@shared_task
def compute_recap(pk: int) -> None:
    from reports.services.recaps import compute  # noqa: PLC0415 -- leaf

    compute(pk)


@shared_task
def sweep() -> None:
    from reports.services.recaps import send_owed  # noqa: PLC0415 -- leaf

    send_owed()


@shared_task
def prepare() -> None:
    from django.utils import timezone  # noqa: PLC0415 -- leaf

    from reports.services.calendar import prepare_drafts  # noqa: PLC0415 -- leaf

    prepare_drafts(timezone.now())
