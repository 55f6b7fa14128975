"""What every channel is: how it says whom it reaches, what it sends, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.models import Identity
from letters.states import Reason

if TYPE_CHECKING:
    from letters.channels.webform.recipe import Form


class ChannelError(Exception):
    """A letter that was not accepted. `reason` is for people, `evidence` for the attempt's log.

    The message of the exception names neither the supporter nor the letter nor a URL.
    """

    def __init__(
        self,
        reason: str,
        *,
        evidence: str = "",
        retry_after: float | None = None,
        how: str = "",
    ):
        super().__init__(str(reason))
        self.reason = reason
        self.evidence = evidence
        # How the channel was doing it, where it has several ways: see `Attempt.how`.
        self.how = how
        # Seconds that the receiver asks us to wait.
        self.retry_after = retry_after


class Rejected(ChannelError):
    """It said no: the same letter would be refused again."""


class Unavailable(ChannelError):
    """It certainly did not leave: it may be tried again."""


class Uncertain(ChannelError):
    """It may have arrived."""


class NeedsSupporter(ChannelError):
    """Only a person can finish it."""


@dataclass(frozen=True)
class SendingOrganization:
    """On whose behalf a letter is sent."""

    name: str
    about: str
    contact_name: str
    contact_email: str
    contact_phone: str


@dataclass(frozen=True)
class Envelope:
    """All that a channel may know of one delivery. Texts are English; nothing is translated."""

    delivery_key: str
    campaign_id: str
    day: date
    seat_code: str
    chamber: str
    # "Dear Senator Lummis,"
    salutation: str
    person: Identity
    # The street address was matched to the seat, not only chosen by the supporter.
    address_validated: bool
    subject: str
    # In the first person, by the organizers; only where the message is one text.
    opening: str
    own_words: str
    # As the office gets it: facts filled in, a frozen one with its figures' date.
    statement: str
    statement_is_untouched: bool
    # "Signed by …": the organizations, one a line; empty under an edited statement.
    closing: str
    topic: str
    organization: SendingOrganization
    # The address that organizers keep for the office; empty where they keep none.
    office_email: str = ""
    # The office's contact form, where we know how to fill it in.
    form: "Form | None" = None
    # For forms that cap the message; empty where there is none, or the statement was edited.
    short_statement: str = ""
    # One prisoner's, in the organizers' words, as the supporter chose.
    story: str = ""
    # Characters that the form takes which the supporter fills in; None where we know of no limit.
    text_limit: int | None = None

    def answer(self, name: str) -> str:
        """What the supporter told for this office alone; empty where nothing."""
        return self.person.answers.get(f"{name} {self.seat_code}", "")


@dataclass(frozen=True)
class Part:
    """A stretch of what an office receives, under the name that the office sees it by."""

    label: str
    text: str


class Ask(StrEnum):
    """What kind of answer a question wants."""

    PREFIX = "prefix"
    PHONE = "phone"
    # One of `choices`, in the form's own words.
    CHOICE = "choice"
    # A text of at most `limit` characters.
    TEXT = "text"


@dataclass(frozen=True)
class Question:
    """What a channel must be told by the supporter before it can carry their letter."""

    ask: Ask
    # Under which the answer is kept: a field of Identity, or a key of `Identity.answers`, which
    # then names the seat: "topic SNY01".
    name: str
    # The Reason that is told where they decline: the office's letter becomes a hand-off.
    declined: str
    choices: tuple[str, ...] = ()
    limit: int | None = None

    def unmet(self, person: Identity) -> str:
        """The Reason why the letter cannot go without another answer; empty if it can."""
        own = person.answers.get(self.name)
        answer = own or getattr(person, self.name, "")
        fits = not self.choices or answer in self.choices
        if answer and fits and (self.limit is None or length_in_form(answer) <= self.limit):
            return Reason.NONE
        # What was right for this office when it was asked for is so no more.
        return Reason.FORM_CHANGED if own else self.declined


@dataclass(frozen=True)
class Office:
    """One seat as a channel sees it when it is asked whether it reaches it."""

    seat_code: str
    chamber: str
    # The e-mail address that organizers keep; empty where they keep none or paused it.
    email: str = ""
    # Its contact form; None where we do not know how to fill it in.
    form: "Form | None" = None
    # Names of the channels whose receiver has ever told which offices take part, of those that
    # list this one, and of those that rest now.
    lists_known: frozenset[str] = frozenset()
    listed_by: frozenset[str] = frozenset()
    resting: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Backoff:
    """How patiently the same letter is tried again: twice as long after each try, with jitter."""

    first: timedelta = timedelta(seconds=20)
    longest: timedelta = timedelta(hours=2)
    # After so many tries a person must look.
    tries: int = 12


class Channel:
    """A way to an office. It saves nothing: it returns the receiver's reference, or raises."""

    # The name under which settings list it.
    name: str
    label: str
    # What a supporter reads once it was accepted, and of where their name and address stand.
    accepted_words: Promise = _("Accepted for the office")
    identity_words: Promise | str = ""
    # The receiver knows our delivery key, so the same letter may be sent again.
    keyed = False
    # It also tells us that it has a letter already. Of one that does not we know nothing more
    # after a repeat, so there are few, and far apart.
    recognizes_repeats = False
    repeats = 2
    pause_before_repeat = timedelta(hours=6)
    backoff = Backoff()
    # Letters a second to its destination, over all workers, and an hour to one office; 0: no limit.
    per_second = 0
    per_hour = 0
    # To one destination a letter at a time, also while all is well: see `letters.pacing`.
    one_at_a_time = False
    # Seconds for which a destination rests that says "too fast" or "closed" without a time; 0:
    # it speaks of that letter's mailbox only.
    rest_when_busy = 0
    # Longer than any send may take.
    seconds = 60
    # A machine sends it; otherwise the supporter does.
    automatic = True
    # Characters that the longest part may have; None where there is no limit.
    text_limit: int | None = None
    # `parts` tells the subject too, if the office gets one at all.
    subject_is_a_part = False

    def __init__(self, *, name: str):
        self.name = name

    def obstacle(self, office: Office) -> str:
        """The Reason why this channel does not reach the office today; empty if it does."""
        raise NotImplementedError

    def destination(self, office: Office) -> str:
        """The gateway or host that a letter to this office goes to: what is well or ill, as one."""
        return self.name

    def opens_at(self, moment: datetime) -> datetime | None:
        """When its hours begin again; None where it is open at that moment."""
        return None

    def questions(self, envelope: Envelope) -> tuple[Question, ...]:
        """What the supporter must answer before this letter can go: the same, whoever they are."""
        return ()

    def parts(self, envelope: Envelope) -> tuple[Part, ...]:
        """What the office will read, in order: the preview and the hand-off show these."""
        return (Part(label="Message", text=whole_text(envelope)),)

    def limit(self, envelope: Envelope) -> int | None:
        """Characters that the longest part may have at this office; None: we know of no limit."""
        return self.text_limit

    def compose(self, envelope: Envelope) -> str:
        """Exactly what leaves. Raises Rejected or NeedsSupporter where it cannot be written."""
        raise NotImplementedError

    def parts_of(self, submission: str) -> tuple[Part, ...]:
        """What the office could read of a text that `compose` wrote, to be read again."""
        return (Part(label="Message", text=submission),)

    def send(self, submission: str, *, envelope: Envelope, begin: Callable[..., None]) -> str:
        """Sends what `compose` wrote and returns the receiver's reference (may be empty).

        Calls `begin()` right before the first byte leaves; with `how` it does it, where it has
        several ways, and with the `text` that leaves, where that is not `submission` to the letter.
        What `begin` raises passes through. Raises one of the four ChannelErrors; anything else is
        a bug.
        """
        raise NotImplementedError


def unanswered(channel: Channel, envelope: Envelope) -> str:
    """The Reason of the first of the channel's questions that is open; empty if none is."""
    reasons = (each.unmet(envelope.person) for each in channel.questions(envelope))
    return next((reason for reason in reasons if reason), Reason.NONE)


def whole_text(envelope: Envelope) -> str:
    """The letter as one text, for receivers that know no parts. No name, no address."""
    return _as_one(envelope, envelope.statement, envelope.closing)


def text_for_limit(envelope: Envelope, limit: int | None) -> str | None:
    """The fullest text that a form with that limit takes; None where nothing of it fits uncut.

    The whole text, or the short statement in the place of the organizations' own. Own words and
    the story stand in both, in full. `limit` is None where the form has none.
    """
    short = [_as_one(envelope, envelope.short_statement)] if envelope.short_statement else []
    texts = [whole_text(envelope), *short]
    return next((text for text in texts if limit is None or length_in_form(text) <= limit), None)


def form_text(envelope: Envelope) -> str:
    """For the form that the supporter fills in. Where all is too long, they shorten this one."""
    fits = text_for_limit(envelope, envelope.text_limit) or envelope.answer("text")
    return fits or _as_one(envelope, envelope.short_statement or envelope.statement)


def unix_lines(text: str) -> str:
    """Each line's end as one character, as nobody's browser sends it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def length_in_form(text: str) -> int:
    """How long a form may find it: as a browser counts, and a line break is two characters."""
    return len(text.encode("utf-16-le")) // 2 + text.count("\n")


def _as_one(envelope: Envelope, *statement: str) -> str:
    body = [envelope.opening, envelope.own_words, envelope.story, *statement]
    return "\n\n".join([envelope.salutation] + [text for text in body if text])
