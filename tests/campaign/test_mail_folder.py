"""On a laptop every mail lies in a file of its own, whole."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection

MAILS = 200


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """Where mails go that are sent as `make run` sends them."""
    settings.EMAIL_BACKEND = "campaign.mail_folder.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def mail(number: int) -> EmailMessage:
    return EmailMessage("Your code", f"It is {number:06}.", to=[f"alena{number}@example.org"])


@pytest.mark.time_machine("2026-11-26T22:46:31Z", tick=False)
def test_mails_of_one_moment_lie_in_files_of_their_own(folder):
    """Also where one connection after the other lies at the same address in memory."""
    for each in [mail(number) for number in range(MAILS)]:
        get_connection().send_messages([each])

    texts = [path.read_text() for path in folder.glob("*.eml")]
    assert len(texts) == MAILS
    assert all(text.count("It is ") == 1 for text in texts)


def test_while_it_is_written_a_mail_has_no_name_yet(folder, monkeypatch):
    seen, write = [], Path.write_bytes

    def write_in_two_parts(path: Path, content: bytes) -> None:
        write(path, content[:5])
        seen.extend(folder.glob("*.eml"))
        write(path, content)

    monkeypatch.setattr(Path, "write_bytes", write_in_two_parts)
    mail(1).send()

    assert seen == []
    assert [path.read_text().count("It is 000001.") for path in folder.glob("*.eml")] == [1]


def test_a_folder_that_takes_no_file_is_told(folder):
    folder.write_text("a file in its place")

    with pytest.raises(OSError):
        mail(1).send()
