"""The House's and the Senate's gateway: one class, two entries in the settings."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from campaign.hours import read_closed_hours
from letters.channels.cwc.answers import judge
from letters.channels.cwc.document import Agent, Texts, build_document, read_texts, texts
from letters.channels.cwc.gateway import Gateway
from letters.channels.cwc.grammar import faults, read_grammar
from letters.channels.cwc.offices import NoList, read_offices
from letters.channels.interface import (
    Ask,
    Channel,
    Envelope,
    NeedsSupporter,
    Office,
    Part,
    Question,
    Rejected,
    Unavailable,
)
from letters.states import Reason

log = logging.getLogger(__name__)

PREFIXES = ("Mr.", "Mrs.", "Miss", "Ms.", "Dr.")
TITLE = Question(Ask.PREFIX, "prefix", declined=Reason.PREFIX_MISSING, choices=PREFIXES)
SUBJECT_LIMIT = 500


LABELS = {"house": _("House CWC gateway"), "senate": _("Senate SCWC gateway")}


class CwcChannel(Channel):
    """Communicating With Congress 2.0 over one chamber's gateway.

    `key`, `send_url` and `offices_url` are the gateway's, `agent` the fields of Agent, `schema`
    the path of the grammar, `proxy` the address of an outbound proxy or empty, `closed` its
    hours of maintenance as `campaign.hours` reads them, `per_second` how many letters it takes,
    `seconds` the time that a call may take.
    """

    accepted_words = _("Accepted by the office's gateway")
    identity_words = _("Your name and address travel beside the letter, in fields of their own.")
    keyed = True
    rest_when_busy = 30
    text_limit = 10_000

    def __init__(
        self,
        *,
        name: str,
        chamber: str,
        key: str,
        send_url: str,
        offices_url: str,
        agent: dict[str, str],
        schema: str,
        proxy: str = "",
        closed: str = "never",
        per_second: int = 0,
        seconds: float = 30,
    ):
        super().__init__(name=name)
        self.label = LABELS[chamber]
        self.chamber = chamber
        self._send_url = send_url
        self._offices_url = offices_url
        self._agent = Agent(**agent)
        self._schema = schema
        self._closed = read_closed_hours(closed)
        self.per_second, self.seconds = per_second, seconds
        # It answers 409 for a letter that it has; what the House answers is not publicly known.
        self.recognizes_repeats = chamber == "senate"
        self._gateway = Gateway(key=key, proxy=proxy, seconds=seconds)
        # A wrong file is found here, not with the first letter.
        read_grammar(schema)

    def obstacle(self, office: Office) -> str:
        if office.chamber != self.chamber:
            return Reason.OTHER_CHAMBER
        if self.name not in office.lists_known:
            return Reason.OFFICES_UNKNOWN
        if self.name not in office.listed_by:
            return Reason.OFFICE_NOT_LISTED
        return Reason.PAUSED if self.name in office.resting else Reason.NONE

    def opens_at(self, moment: datetime) -> datetime | None:
        return self._closed.opens_at(moment)

    def questions(self, envelope: Envelope) -> tuple[Question, ...]:
        return (TITLE,)

    def parts(self, envelope: Envelope) -> tuple[Part, ...]:
        return _parts(texts(envelope))

    def parts_of(self, submission: str) -> tuple[Part, ...]:
        return _parts(read_texts(submission.encode()))

    def compose(self, envelope: Envelope) -> str:
        """The document; NeedsSupporter where this gateway cannot take what the supporter wrote."""
        self._refuse_what_only_a_person_can_finish(envelope, texts(envelope))
        try:
            document = build_document(envelope, agent=self._agent)
        except ValueError as error:
            # The forms clean control characters away: one here is our bug.
            raise Rejected(Reason.OUR_MISTAKE, evidence=str(error)) from error
        found = faults(document, schema=self._schema)
        evidence = "\n".join(fault.text for fault in found)
        if any(not fault.is_the_supporters for fault in found):
            log.error("%s: a document breaks the grammar outside the letter", self.name)
            raise Rejected(Reason.OUR_MISTAKE, evidence=evidence)
        if found:
            raise NeedsSupporter(Reason.REFUSED, evidence=evidence)
        return document.decode()

    def _refuse_what_only_a_person_can_finish(self, envelope: Envelope, written: Texts) -> None:
        """Nothing is cut, and no title is chosen for anybody."""
        if envelope.person.prefix not in PREFIXES:
            raise NeedsSupporter(Reason.PREFIX_MISSING)
        longest = max(len(written.organization_statement), len(written.constituent_message))
        if longest > self.text_limit or len(envelope.subject) > SUBJECT_LIMIT:
            raise NeedsSupporter(
                Reason.TOO_LONG,
                evidence=f"subject {len(envelope.subject)}, longest part {longest} characters",
            )

    def send(self, submission: str, *, envelope: Envelope, begin: Callable[[], None]) -> str:
        """The reference is the DeliveryId: the gateway's name for the letter, and ours."""
        answer = self._gateway.post(self._send_url, submission.encode(), begin=begin)
        judge(answer, channel=self.name, chamber=self.chamber)
        return envelope.delivery_key

    def offices(self) -> tuple[str, ...]:
        """Our seat codes of the offices that take part today; Unavailable where none are named."""
        answer = self._gateway.get(self._offices_url)
        if answer.status != 200:
            raise Unavailable(Reason.UNREACHABLE, evidence=f"HTTP {answer.status}")
        try:
            return read_offices(answer.body, chamber=self.chamber)
        except NoList as error:
            raise Unavailable(Reason.UNREACHABLE, evidence=str(error)) from error


def _parts(written: Texts) -> tuple[Part, ...]:
    parts = (
        Part(label="Organization Statement", text=written.organization_statement),
        Part(label="Constituent Message", text=written.constituent_message),
    )
    return tuple(part for part in parts if part.text)
