"""What has happened must be written, also by a worker whose database is away for a moment."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

log = logging.getLogger(__name__)


def until_written(write: Callable[[], None]) -> None:
    """Once more each second while the database does not answer, for as long as a lease lasts."""
    deadline = time.monotonic() + settings.DELIVERY_LEASE.total_seconds()
    while True:
        try:
            write()
        except (OperationalError, InterfaceError):
            if time.monotonic() > deadline:
                raise
            log.warning("the database does not answer; trying again")
            connection.close()
            time.sleep(1)
        else:
            return
