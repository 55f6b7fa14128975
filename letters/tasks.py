"""The workers' doors. A message carries nothing: the rows say what is due."""

from celery import shared_task

from letters import delivery, holding, notices, offices, retention


@shared_task
def drain() -> None:
    """Delivers and mails until nothing is due."""
    notices.mail_due()
    delivery.deliver_due()
    notices.mail_due()


@shared_task
def sweep() -> None:
    """Finds what no hint told of: lost leases, lost messages, changed facts, asked erasures."""
    delivery.recover()
    holding.hold_and_release()
    retention.erase_as_asked()
    drain()


@shared_task
def refresh_offices() -> None:
    """Asks each gateway for its offices when the list is a day old."""
    offices.refresh_offices(only_old=True)


@shared_task
def retain() -> None:
    """Erases what has had its time."""
    retention.erase_what_is_over()
