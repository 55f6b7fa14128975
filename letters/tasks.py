"""The workers' doors. A message carries nothing: the rows say what is due."""

from celery import shared_task

from letters import delivery, holding, notices, offices, retention, sweeping


@shared_task
def drain() -> None:
    """Delivers and mails until nothing is due: nobody's code waits for a thousand letters."""
    while True:
        notices.mail_due()
        handful = delivery.claim()
        if not handful:
            return
        delivery.deliver_handful(handful)


@shared_task
def sweep() -> None:
    """Finds what no hint told of: lost leases, lost messages, a wrong clock, asked erasures."""
    delivery.recover()
    sweeping.bring_near()
    retention.erase_as_asked()
    drain()


@shared_task
def hold() -> None:
    """Holds what a changed fact or member has made untrue, and lets go what is true again."""
    holding.hold_and_release()


@shared_task
def refresh_offices() -> None:
    """Asks each gateway for its offices when the list is a day old."""
    offices.refresh_offices(only_old=True)


@shared_task
def retain() -> None:
    """Erases what has had its time."""
    retention.erase_what_is_over()
