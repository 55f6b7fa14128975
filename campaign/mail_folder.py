"""Mails as files in a folder, for a machine without a mail server: each whole, in one of its own.

Django's own backend names a file by the second and an address in memory, and two mails may share it
(https://docs.djangoproject.com/en/5.2/topics/email/#file-backend).
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """What settings name where SMTP_HOST is not set."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises OSError where the folder takes no file."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(exist_ok=True)
        for mail in email_messages:
            _write_whole(folder, mail.message().as_bytes())
        return len(email_messages)


def _write_whole(folder: Path, content: bytes) -> None:
    """Under its name once it is complete: whoever looks for a code finds all of it."""
    path = folder / f"{datetime.now():%Y%m%d-%H%M%S}-{uuid4()}.eml"
    part = path.with_name(f".{path.stem}.part")
    part.write_bytes(content)
    part.rename(path)
