"""The workers' doors. A message carries nothing: the rows say what is due."""

import time

from celery import shared_task

from letters import (
    bouncing,
    delivery,
    holding,
    looking_ahead,
    notices,
    offices,
    open_seats,
    reminding,
    retention,
    sweeping,
    waking,
)
from letters.channels.webform.intake import refreshing as recipes
from representatives import refreshing as sources

# Seconds: a sweep, too, finds a free worker under a backlog of hours.
AT_A_STRETCH = 20


@shared_task
def drain() -> None:
    """Delivers and mails, some of each in turn, until nothing is due or others want the worker."""
    until = time.monotonic() + AT_A_STRETCH
    while time.monotonic() < until:
        mailed = notices.mail_due()
        handful = delivery.claim()
        if handful:
            delivery.deliver_handful(handful)
        elif not mailed:
            return
    waking.publish_hint()


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
def look_ahead() -> None:
    """Looks up ahead of the day what new lines or a new Congress have put in doubt."""
    looking_ahead.look_ahead()


@shared_task
def look_for_open_seats() -> None:
    """Looks for the House seats that were left open."""
    open_seats.look_due()


@shared_task
def refresh_offices() -> None:
    """Asks each gateway for its offices when the list is a day old."""
    offices.refresh_offices(only_old=True)


@shared_task
def read_bounces() -> None:
    """Looks for mails that came back."""
    bouncing.read_bounces()


@shared_task
def remind() -> None:
    """Orders the one mail for those who have left offices unfinished."""
    reminding.order_reminders()


@shared_task
def refresh_recipes() -> None:
    """Looks for new recipes of contact forms, where letters are live."""
    recipes.refresh_daily()


@shared_task
def refresh_sources() -> None:
    """Asks the public lists who holds which seat, and how they are reached."""
    sources.refresh_daily()


@shared_task
def retain() -> None:
    """Erases what has had its time."""
    retention.erase_what_is_over()
