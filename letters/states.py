"""The life of a delivery: its states, the one table of what may become what, and the reasons."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Supporters read of them in `letters/views/words.py`'s words, organizers in the desk's."""

    AWAITING_CODE = "awaiting_code", "waits for your code"
    WAITING = "waiting", "waiting to be sent"
    SENDING = "sending", "being sent now"
    ACCEPTED = "accepted", "accepted"
    UNCERTAIN = "uncertain", "uncertain: it may have arrived"
    NEEDS_SUPPORTER = "needs_supporter", "needs you"
    SELF_REPORTED = "self_reported", "you said that you sent it"
    HANDED_OVER = "handed_over", "handed over by hand"
    HELD = "held", "held: something changed since you wrote it"
    FAILED = "failed", "failed"
    WITHDRAWN = "withdrawn", "withdrawn"


BY_ITSELF = {
    State.AWAITING_CODE: {State.WAITING, State.NEEDS_SUPPORTER, State.WITHDRAWN},
    State.WAITING: {
        State.SENDING,
        State.NEEDS_SUPPORTER,
        State.HANDED_OVER,
        State.HELD,
        State.FAILED,
        State.WITHDRAWN,
    },
    State.SENDING: {
        State.ACCEPTED,
        State.WAITING,
        State.UNCERTAIN,
        State.NEEDS_SUPPORTER,
        State.HELD,
        State.FAILED,
    },
    State.NEEDS_SUPPORTER: {
        State.SELF_REPORTED,
        State.WAITING,
        State.HANDED_OVER,
        State.FAILED,
        State.WITHDRAWN,
    },
    State.SELF_REPORTED: {State.NEEDS_SUPPORTER},
    State.HELD: {State.WAITING, State.FAILED, State.WITHDRAWN},
}
# What only a person may decide: nothing here is ever done by a worker or a sweeper.
BY_A_PERSON = {
    State.UNCERTAIN: {
        State.ACCEPTED,
        State.WAITING,
        State.NEEDS_SUPPORTER,
        State.HANDED_OVER,
        State.FAILED,
    },
    State.FAILED: {
        State.WAITING,
        State.NEEDS_SUPPORTER,
        State.HANDED_OVER,
        State.WITHDRAWN,
    },
}
# Nothing more will happen by itself: the texts may go after their time.
SETTLED = {
    State.ACCEPTED,
    State.SELF_REPORTED,
    State.HANDED_OVER,
    State.FAILED,
    State.WITHDRAWN,
    State.UNCERTAIN,
}
# Not yet on its way: the supporter may still take it back, a changed fact may still hold it.
NOT_LEFT = {State.AWAITING_CODE, State.WAITING, State.NEEDS_SUPPORTER, State.HELD}


class NotAllowed(Exception):
    """Nothing may become that from here: a bug, or a person who asks for the impossible."""


def check_allowed(before: str, after: str, *, by_a_person: bool = False) -> None:
    """Raises NotAllowed unless the table allows the step."""
    allowed = set(BY_ITSELF.get(before, ()))
    if by_a_person:
        allowed |= BY_A_PERSON.get(before, set())
    if after not in allowed:
        raise NotAllowed(f"a delivery that is {before!r} cannot become {after!r}")


class Reason(models.TextChoices):
    """Why a delivery is where it is, in words for its supporter; triage groups by it."""

    NONE = "", ""
    OTHER_CHAMBER = "other_chamber", _("This gateway belongs to the other chamber.")
    NO_ADDRESS = "no_address", _("The office has agreed to no e-mail address.")
    NO_GATEWAY_KEY = "no_gateway_key", _("The official gateway has not admitted this campaign yet.")
    OFFICE_NOT_LISTED = "office_not_listed", _("This office takes no part in the official gateway.")
    OFFICES_UNKNOWN = (
        "offices_unknown",
        _("The official gateway has not told us yet which offices take part."),
    )
    PAUSED = "paused", _("The organizers have paused this way to the office.")
    PREFIX_MISSING = "prefix_missing", _("This office takes no letter without a title.")
    TOO_LONG = "too_long", _("The text is longer than this office takes.")
    FORM_UNKNOWN = "form_unknown", _("We do not know how to fill in this office's form.")
    FORM_NOT_OPENED = (
        "form_not_opened",
        _("The organizers have not opened this office's form for us yet."),
    )
    FORM_RESTS = "form_rests", _("This office's form did not work lately: it is left to you.")
    FORM_CHANGED = "form_changed", _("This office's form has changed: only a person can finish it.")
    FORM_UNCLEAR = "form_unclear", _("The office's form did not say whether it took the letter.")
    CAPTCHA = "captcha", _("This office's form asks for proof that a person fills it in.")
    NO_BROWSER = "no_browser", _("This office's form needs a browser: yours will do.")
    PHONE_MISSING = "phone_missing", _("This office's form takes no letter without a phone number.")
    ANSWER_MISSING = (
        "answer_missing",
        _("This office's form asks for something that you preferred to answer there yourself."),
    )
    ON_THE_DAY = "on_the_day", _("It is sent on the campaign's day.")
    REFUSED = "refused", _("The office's system refused the letter.")
    KEY_REFUSED = "key_refused", _("The gateway refused our key: the organizers must act.")
    BUSY = "busy", _("The office's system is busy or closed for maintenance; we try again.")
    UNREACHABLE = "unreachable", _("The office's system could not be reached; we try again.")
    NO_ANSWER = "no_answer", _("The connection broke before an answer came.")
    GAVE_UP = "gave_up", _("We tried several times and gave up.")
    FACT_CHANGED = "fact_changed", _("A fact that your letter states has changed or expired.")
    PACED = "paced", _("We send an office only so much at a time: it has its turn.")
    WORKER_LOST = "worker_lost", _("Sending was interrupted before it left; we try again.")
    ADDRESS_ELSEWHERE = (
        "address_elsewhere",
        _("By the newest map your address lies in another district."),
    )
    ADDRESS_UNKNOWN = (
        "address_unknown",
        _("We must first check again in which district your address lies."),
    )
    MEMBER_CHANGED = "member_changed", _("Whom you wrote to no longer holds this seat.")
    ROSTER_TOO_OLD = "roster_too_old", _("We must first check who holds this seat today.")
    NEW_CONGRESS = (
        "new_congress",
        _("The new Congress has begun: we must first learn who holds this seat."),
    )
    CHOOSE_AGAIN = (
        "choose_again",
        _(
            "By the newest map we cannot tell your district from your address alone: please say "
            "which one is yours."
        ),
    )
    MOVED = "moved", _("Your letter goes to the office of your new district instead.")
    CAMPAIGN_CLOSED = "campaign_closed", _("The campaign was over before it could be sent.")
    OUR_MISTAKE = "our_mistake", _("Our software made a mistake.")
    YOU_COULD_NOT = "you_could_not", _("You told us that you could not send it.")
    FORM_NOT_FOUND = (
        "form_not_found",
        _("You told us that you did not find the form, or that it did not work."),
    )
    FORM_ASKED_MORE = (
        "form_asked_more",
        _("You told us that the form asks for something that you do not have."),
    )
    ASKED_BY_HAND = "asked_by_hand", _("You asked that a volunteer brings it to the office.")
    NOT_SENT_YET = "not_sent_yet", _("You said that you have not sent it yet.")
    BY_HAND = "by_hand", _("A volunteer gave it to the office.")
    TAKEN_BACK = "taken_back", _("You took it back.")
    ORGANIZER = "organizer", _("An organizer decided so.")

    @classmethod
    def could_not(cls) -> frozenset[str]:
        """Why a supporter did not finish a form: it stays theirs, and nobody reminds them."""
        return frozenset({cls.YOU_COULD_NOT, cls.FORM_NOT_FOUND, cls.FORM_ASKED_MORE})

    @classmethod
    def asks_its_supporter(cls) -> frozenset[str]:
        """The office is not as it was when they wrote: they say where the letter goes now."""
        return cls.follows_the_lines() | {cls.MEMBER_CHANGED}

    @classmethod
    def follows_the_lines(cls) -> frozenset[str]:
        """Because of where the address lies: only other lines can make it untrue."""
        return frozenset({cls.ADDRESS_ELSEWHERE, cls.CHOOSE_AGAIN})

    @classmethod
    def told_to_supporters(cls) -> frozenset[str]:
        """Why they are asked to finish a letter, as far as it concerns them."""
        return frozenset(
            {
                cls.OFFICE_NOT_LISTED,
                cls.OFFICES_UNKNOWN,
                cls.PREFIX_MISSING,
                cls.PAUSED,
                cls.TOO_LONG,
                cls.FORM_NOT_OPENED,
                cls.FORM_RESTS,
                cls.FORM_CHANGED,
                cls.CAPTCHA,
                cls.NO_BROWSER,
                cls.PHONE_MISSING,
                cls.ANSWER_MISSING,
            }
        )
