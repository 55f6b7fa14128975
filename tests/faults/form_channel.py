"""An office's contact form as a channel, for the fault suite alone: a receiver without a key."""

import http.client
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from letters.channels.interface import Channel, Envelope, Office, Unavailable, Uncertain, whole_text
from letters.states import Reason


class FormChannel(Channel):
    """POSTs the text to the form of each seat in `forms`, a seat's code → its form's URL.

    The delivery key lies in a hidden field, for the sink's log: the office makes nothing of it.
    """

    label = "The office's contact form"
    one_at_a_time = True

    def __init__(self, *, name: str, forms: dict[str, str], seconds: float):
        super().__init__(name=name)
        self._forms = forms
        self.seconds = seconds

    def obstacle(self, office: Office) -> str:
        return Reason.NONE if office.seat_code in self._forms else Reason.NO_ADDRESS

    def destination(self, office: Office) -> str:
        return urlsplit(self._forms.get(office.seat_code, "")).netloc or self.name

    def compose(self, envelope: Envelope) -> str:
        return whole_text(envelope)

    def send(self, submission: str, *, envelope: Envelope, begin: Callable[[], None]) -> str:
        fields = {
            "message": submission,
            "office": envelope.seat_code,
            "delivery_key": envelope.delivery_key,
        }
        host = urlsplit(self._forms[envelope.seat_code]).netloc
        connection = http.client.HTTPConnection(host, timeout=self.seconds)
        try:
            connection.connect()
        except OSError as error:
            raise Unavailable(Reason.UNREACHABLE, evidence=type(error).__name__) from error
        begin()
        try:
            status = _post(connection, urlencode(fields))
        except (OSError, http.client.HTTPException) as error:
            raise Uncertain(Reason.NO_ANSWER, evidence=type(error).__name__) from error
        finally:
            connection.close()
        if status != 200:
            # A form's error page does not say whether the letter lies behind it.
            raise Uncertain(Reason.NO_ANSWER, evidence=f"HTTP {status}")
        return ""


def _post(connection: http.client.HTTPConnection, body: str) -> int:
    connection.request("POST", "/", body, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    return answer.status
