from celery import shared_task


@shared_task
def write_export(export_pk: int) -> None:
    from reports.services.exporting import write_file  # noqa: PLC0415 -- leaf

    write_file(export_pk)


@shared_task
def compute_recap(pk: int) -> None:
    from reports.services.recaps import compute  # noqa: PLC0415 -- leaf

    compute(pk)


@shared_task
def sweep() -> None:
    from reports.services import exporting, recaps  # noqa: PLC0415 -- leaf

    exporting.send_owed()
    exporting.remove_expired()
    exporting.clear_folders()
    recaps.send_owed()


@shared_task
def prepare() -> None:
    from django.utils import timezone  # noqa: PLC0415 -- leaf

    from reports.services.calendar import prepare_drafts  # noqa: PLC0415 -- leaf

    prepare_drafts(timezone.now())
