"""What the receipt says of each office. "Accepted" is never called delivered, sent or read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.models import Campaign
from letters.channels import channels
from letters.channels.interface import Channel
from letters.models import Delivery
from letters.naming import office_name
from letters.states import NOT_LEFT, Reason, State

STANDING: dict[str, Promise] = {
    State.AWAITING_CODE: gettext_lazy("Waits for your code"),
    State.WAITING: gettext_lazy("Waiting to be sent"),
    State.SENDING: gettext_lazy("Being sent now"),
    State.ACCEPTED: Channel.accepted_words,
    State.UNCERTAIN: gettext_lazy("Uncertain: it may have arrived"),
    State.NEEDS_SUPPORTER: gettext_lazy("Needs you"),
    State.SELF_REPORTED: gettext_lazy("You told us that you sent it"),
    State.HANDED_OVER: gettext_lazy("Handed over to the office by hand"),
    State.HELD: gettext_lazy("Held: something has changed"),
    State.FAILED: gettext_lazy("Not sent"),
    State.WITHDRAWN: gettext_lazy("Taken back"),
}
NEXT: dict[str, Promise] = {
    State.AWAITING_CODE: gettext_lazy("Enter the code from our mail."),
    State.SENDING: gettext_lazy("A moment, please."),
    State.ACCEPTED: gettext_lazy(
        "It was taken in for the office. That does not say that anybody has read it yet. Offices "
        "often answer by e-mail or post, after days or weeks."
    ),
    State.UNCERTAIN: gettext_lazy(
        "We do not send it again, so that nobody gets it twice. The organizers look into it."
    ),
    State.NEEDS_SUPPORTER: gettext_lazy("Everything is ready for you: finish it above."),
    State.SELF_REPORTED: gettext_lazy("Thank you. The office may answer you by e-mail or post."),
    State.HANDED_OVER: gettext_lazy("Nothing more to do."),
    State.HELD: gettext_lazy("We do not send it as it is. The organizers look into it."),
    State.FAILED: gettext_lazy("Nothing reached the office. The organizers look into it."),
    State.WITHDRAWN: gettext_lazy("The office gets nothing."),
}
# Held because of the office: not the organizers but its writer is asked.
ASKED_NEXT = gettext_lazy("We send it nowhere until you say where it should go.")
# Tried in vain: what else there is.
ANOTHER_WAY = gettext_lazy(
    "You can try again above. There you can also print the letter, or let a volunteer bring it."
)
# Theirs to finish, and not yet: we have to learn something first, or the organizers to look.
COME_BACK: dict[str, Promise] = {
    Reason.NEW_CONGRESS: gettext_lazy(
        "A new Congress has begun, and we do not know yet who holds this seat. Please come back "
        "in a few days: everything stays ready for you."
    ),
    Reason.ROSTER_TOO_OLD: gettext_lazy(
        "We must first check who holds this seat today. Please come back in a day or two: "
        "everything stays ready for you."
    ),
    Reason.ADDRESS_UNKNOWN: gettext_lazy(
        "We must first check again in which district your address lies, and cannot do it just "
        "now. Please come back in a while: everything stays ready for you."
    ),
    Reason.FACT_CHANGED: gettext_lazy(
        "A fact that your letter states has changed or expired. The organizers look into it: "
        "please come back in a few days, or take it back below."
    ),
}
ENOUGH_CODES = gettext_lazy(
    "You have asked for several codes already. Please try again in an hour."
)
NOT_YET = gettext_lazy("Not yet: we have to check something first")
# They acted on a page that is older than what has become of it.
MEANWHILE = gettext_lazy("This office's letter has changed meanwhile: see below.")
# It still needs somebody, and no longer its supporter.
CARRIED = gettext_lazy("For a volunteer to bring")
CARRIED_NEXT = gettext_lazy(
    "The organizers look for somebody who goes there. You can still send it yourself instead."
)
# Given up or taken back, though submission had begun once.
NOT_SENT_FOR_ALL_WE_KNOW = {State.FAILED, State.WITHDRAWN}
NOBODY_KNOWS = gettext_lazy(
    "We do not know whether it reached the office. The organizers look into it."
)
# Said beside the state already, or only interesting while it lasts.
SILENT = {Reason.NONE, Reason.OTHER_CHAMBER}
# The colour of a state; its words say the same.
TONES = {
    State.ACCEPTED: "good",
    State.SELF_REPORTED: "good",
    State.HANDED_OVER: "good",
    State.NEEDS_SUPPORTER: "you",
    State.UNCERTAIN: "bad",
    State.HELD: "bad",
    State.FAILED: "bad",
}
SOON = timedelta(minutes=5)


@dataclass(frozen=True)
class Line:
    """One office on the receipt."""

    delivery: Delivery
    office: str
    tone: str
    standing: str
    channel: str
    reason: str
    next: str
    # Why a hand-off must not be finished as it is, as far as we know without asking anybody.
    obstacle: str = Reason.NONE

    @property
    def needs_you(self) -> bool:
        is_theirs = self.delivery.state == State.NEEDS_SUPPORTER and not self.obstacle
        return is_theirs and not self.delivery.is_to_be_carried

    @property
    def asks_you(self) -> bool:
        asks = self.delivery.reason in Reason.asks_its_supporter()
        is_held = asks and self.delivery.state == State.HELD
        return is_held or self.obstacle in Reason.asks_its_supporter()

    @property
    def can_be_undone(self) -> bool:
        return self.delivery.state == State.SELF_REPORTED or self.delivery.is_to_be_carried

    @property
    def has_not_left(self) -> bool:
        return self.delivery.state in NOT_LEFT

    @property
    def changes_soon(self) -> bool:
        """Worth looking again in a few seconds."""
        waiting = self.delivery.state == State.WAITING
        soon = self.delivery.due_at <= timezone.now() + SOON
        return self.delivery.state == State.SENDING or (waiting and soon)


def line(delivery: Delivery, *, obstacle: str = Reason.NONE) -> Line:
    if obstacle:
        return _not_as_it_is(delivery, obstacle)
    reason = "" if delivery.reason in SILENT else Reason(delivery.reason).label
    unknown = _may_have_arrived(delivery)
    return Line(
        delivery=delivery,
        office=office_name(delivery.seat),
        tone="quiet" if delivery.is_to_be_carried else TONES.get(delivery.state, "quiet"),
        standing=str(STANDING[State.UNCERTAIN]) if unknown else _standing(delivery),
        channel=_channel(delivery),
        reason=str(reason),
        next=str(NOBODY_KNOWS) if unknown else _next(delivery),
    )


def _not_as_it_is(delivery: Delivery, obstacle: str) -> Line:
    """A hand-off that nobody should finish, or not today: its row does not know yet."""
    standing, tone, next = STANDING[State.FAILED], TONES[State.FAILED], NEXT[State.WITHDRAWN]
    if obstacle in Reason.asks_its_supporter():
        standing, tone, next = STANDING[State.HELD], TONES[State.HELD], ASKED_NEXT
    elif obstacle in COME_BACK:
        standing, tone, next = NOT_YET, "quiet", COME_BACK[obstacle]
    return Line(
        delivery=delivery,
        office=office_name(delivery.seat),
        tone=tone,
        standing=str(standing),
        channel=_channel(delivery),
        # What to come back for says why.
        reason="" if obstacle in COME_BACK else str(Reason(obstacle).label),
        next=str(next),
        obstacle=obstacle,
    )


def _may_have_arrived(delivery: Delivery) -> bool:
    over = delivery.state in NOT_SENT_FOR_ALL_WE_KNOW
    return over and delivery.attempts.may_have_arrived().exists()


def _standing(delivery: Delivery) -> str:
    channel = channels().get(delivery.channel)
    if delivery.is_to_be_carried:
        return str(CARRIED)
    if delivery.state == State.ACCEPTED and channel:
        return str(channel.accepted_words)
    return str(STANDING[delivery.state])


def _channel(delivery: Delivery) -> str:
    """The way it goes, in the supporter's words; a channel may have left the settings since."""
    if delivery.is_to_be_carried:
        return _("By hand, by a volunteer")
    channel = channels().get(delivery.channel)
    if channel is None or channel.automatic:
        return channel.label if channel else delivery.channel
    return _("The office's official form, by you")


def _next(delivery: Delivery) -> str:
    if delivery.is_to_be_carried:
        return str(CARRIED_NEXT)
    if delivery.state == State.HELD and delivery.reason in Reason.asks_its_supporter():
        return str(ASKED_NEXT)
    if delivery.state == State.NEEDS_SUPPORTER and delivery.reason in Reason.could_not():
        return str(ANOTHER_WAY)
    if delivery.state != State.WAITING:
        return str(NEXT[delivery.state])
    if delivery.due_at > timezone.now():
        at = when(delivery.due_at, delivery.letter.signatory.campaign)
        return _("It goes out on %(when)s.") % {"when": at}
    return _("It goes out in a moment.")


def when(moment: datetime, campaign: Campaign) -> str:
    """Where the campaign is at home, and said so: letters come from six time zones."""
    local = timezone.localtime(moment, ZoneInfo(campaign.timezone))
    return f"{date_format(local, 'DATETIME_FORMAT')} {date_format(local, 'T')}"
