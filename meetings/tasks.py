from celery import shared_task


@shared_task
def deliver_invitation(pk: int) -> None:
    from meetings.services.delivering import deliver  # noqa: PLC0415 -- leaf

    deliver(pk)


@shared_task
def sweep() -> None:
    from meetings.services.delivering import send_owed  # noqa: PLC0415 -- leaf
    from meetings.services.reminders import (  # noqa: PLC0415 -- leaf
        remind_of_due_dates,
    )

    send_owed()
    remind_of_due_dates()
