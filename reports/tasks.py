from celery import shared_task


@shared_task
def write_export(export_pk: int) -> None:
    from reports.services.exporting import write_file  # noqa: PLC0415 -- leaf

    write_file(export_pk)


@shared_task
def sweep() -> None:
    from reports.services.exporting import (  # noqa: PLC0415 -- leaf
        clear_folders,
        remove_expired,
        send_owed,
    )

    send_owed()
    remove_expired()
    clear_folders()
