"""What a supporter has told us between two screens, in the sealed session, one per campaign."""

import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date

from django.utils.datastructures import MultiValueDict

from campaign.models import Appeal, Campaign
from letters.composing import Text
from letters.disclosing import Finding
from letters.letter_form import Shown
from letters.models import Letter
from letters.submission import ChosenSeat
from representatives.addresses import Address
from representatives.lookup import (
    Lookup,
    Outcome,
    Reason,
    ResolvedBy,
    SeatFound,
    choose_district,
    leave_district_open,
)

SCREENS = ("find", "offices", "letter", "you")
# Nobody fills three screens in less; a program that posts them one after the other does.
SECONDS_A_PERSON_NEEDS = 1
# A figure is not corrected more often while somebody writes.
SHOWN_KEPT = 5
# "I don't know my district, but I live in Texas" is the choice `open-TX`.
OPEN = "open-"


class Journey:
    """Reads and keeps the steps of one supporter towards one campaign's letter."""

    def __init__(self, session, campaign: Campaign):
        self._session, self._name = session, f"journey:{campaign.slug}"

    def _get(self, key: str, default=None):
        return self._session.get(self._name, {}).get(key, default)

    def _set(self, **values) -> None:
        self._session[self._name] = {**self._session.get(self._name, {}), **values}

    # What was typed, screen by screen: shown again as it was, right or wrong.

    def keep(self, screen: str, data: MultiValueDict, *, fields: Iterable[str]) -> None:
        typed = {name: data.getlist(name) for name in fields if name in data}
        self._set(typed={**self._get("typed", {}), screen: typed})

    def typed(self, screen: str) -> MultiValueDict:
        return MultiValueDict(self._get("typed", {}).get(screen, {}))

    def initial(self, screen: str, fields: Mapping) -> dict:
        """The same as a form's initial values."""
        typed = self.typed(screen)
        named = fields.items() if typed else ()
        return {name: each.widget.value_from_datadict(typed, {}, name) for name, each in named}

    # How far they are.

    def settle(self, screen: str) -> None:
        self._set(settled=list(dict.fromkeys([*self._get("settled", []), screen])))

    def first_missing(self, *, before: str) -> str:
        """The first screen ahead of that one that was not answered; empty if there is none."""
        ahead = SCREENS[: SCREENS.index(before)] if before in SCREENS else SCREENS
        return next((each for each in ahead if each not in self._get("settled", [])), "")

    def step_back_to(self, screen: str) -> None:
        """That screen and all after it have to be looked at again; what was typed stays."""
        self._set(settled=list(SCREENS[: SCREENS.index(screen)]))

    def begin(self) -> None:
        if not self._get("begun_at"):
            self._set(begun_at=time.time())

    @property
    def is_too_quick(self) -> bool:
        return time.time() - self._get("begun_at", 0) < SECONDS_A_PERSON_NEEDS

    def letter_day(self, today: date) -> date:
        """The day whose facts stood in the form when it was first shown."""
        if not self._get("letter_day"):
            self._set(letter_day=today.isoformat())
        return date.fromisoformat(self._get("letter_day"))

    @property
    def story_page(self) -> int:
        """Which of the stories are in sight."""
        return self._get("story_page", 0)

    def turn_stories(self) -> None:
        self._set(story_page=self.story_page + 1)

    def keep_shown(self, texts: Shown) -> None:
        """A page that stands open, in this tab or another, may be posted later."""
        kept = [each for each in self._get("shown", []) if each != asdict(texts)]
        self._set(shown=[asdict(texts), *kept][:SHOWN_KEPT])

    @property
    def shown(self) -> list[Shown]:
        """The appeal's texts as the letter's form has shown them, the newest first."""
        return [Shown(**each) for each in self._get("shown", [])]

    def keep_text(self, text: Text, *, appeal: Appeal) -> None:
        """The letter as the second screen found it right, for that appeal and those offices."""
        prisoner = text.prisoner.pk if text.prisoner else None
        frozen_on = text.frozen_on.isoformat() if text.frozen_on else None
        kept = {"own_words": text.own_words, "subject": text.subject, "statement": text.statement}
        kept |= {"prisoner": prisoner, "frozen_on": frozen_on}
        self._set(text=kept, text_for=[appeal.pk, *self.codes])

    def text(self, *, appeal: Appeal) -> Text | None:
        """The same; None where it has to be looked at again, because one of them has changed."""
        kept = self._get("text")
        if self._get("text_for") != [appeal.pk, *self.codes]:
            return None
        prisoner = None
        if kept["prisoner"]:
            prisoner = appeal.campaign.prisoners.nameable().filter(pk=kept["prisoner"]).first()
            if prisoner is None:
                return None
        frozen_on = kept["frozen_on"] and date.fromisoformat(kept["frozen_on"])
        return Text(**kept | {"prisoner": prisoner, "frozen_on": frozen_on})

    def warn_of(self, found: list[Finding]) -> bool:
        """Whether they must be asked about one of these: once each, then it is their decision."""
        kept = [asdict(each) for each in found]
        is_new = any(each not in self._get("warned", []) for each in kept)
        self._set(warned=kept, warning=kept if is_new else [])
        return is_new

    def take_warning(self) -> list[Finding]:
        """What they are to be asked about now; shown once."""
        kept = self._get("warning", [])
        if kept:
            self._set(warning=[])
        return [Finding(**each) for each in kept]

    @property
    def source(self) -> str:
        """The slug of the organization whose link brought them."""
        return self._get("source", "")

    @source.setter
    def source(self, slug: str) -> None:
        self._set(source=slug)

    # Where they live and who is asked.

    def keep_lookup(self, address: Address, lookup: Lookup) -> None:
        """A new address is a new journey; what was typed on later screens stays."""
        self._set(address=asdict(address), lookup=asdict(lookup) | {"on": lookup.on.isoformat()})
        self._set(choice="", chosen=[], submitted=False, letter=None, settled=[], ended="")
        self._mint_form_token()
        self.settle("find")

    def keep_state(self, state: str) -> None:
        """Said after the address was typed; its form shows it as well from now on."""
        typed = self._get("typed", {})
        self._set(typed={**typed, "find": {**typed.get("find", {}), "state": [state]}})

    @property
    def address(self) -> Address:
        return Address(**self._get("address"))

    @property
    def lookup(self) -> Lookup:
        kept = self._get("lookup")
        return Lookup(
            outcome=Outcome(kept["outcome"]),
            congress=kept["congress"],
            on=date.fromisoformat(kept["on"]),
            seats=tuple(SeatFound(**seat) for seat in kept["seats"]),
            provider=kept["provider"],
            resolved_by=ResolvedBy(kept["resolved_by"]),
            reason=Reason(kept["reason"]),
        )

    def choose(self, choice: str) -> None:
        """A district (`TX-37`), `open-TX`, or empty: to be chosen again."""
        self.step_back_to("offices")
        self._set(choice=choice)

    @property
    def seats(self) -> Lookup | None:
        """The lookup after the supporter's choice; None while they have to choose."""
        lookup, choice = self.lookup, self._get("choice")
        if choice.startswith(OPEN):
            return leave_district_open(lookup, state=choice.removeprefix(OPEN))
        if choice:
            return choose_district(lookup, district=choice)
        needs_choice = lookup.outcome == Outcome.CANDIDATES or len(lookup.states) > 1
        return None if needs_choice else lookup

    @property
    def seat_is_open(self) -> bool:
        """The House seat is not known, and a later look may find it: of a PO box it never does."""
        lookup = self.seats
        is_open = lookup is not None and lookup.outcome == Outcome.STATE_ONLY
        return is_open and not self.address.is_po_box

    def keep_offices(self, codes: Iterable[str]) -> None:
        self._set(chosen=list(codes))
        self.settle("offices")

    @property
    def codes(self) -> list[str]:
        return self._get("chosen", [])

    @property
    def unticked(self) -> set[str]:
        """Offices that they took the tick from before."""
        if not self.codes:
            return set()
        return {found.seat for found in self.seats.seats} - set(self.codes)

    @property
    def chosen_seats(self) -> tuple[ChosenSeat, ...]:
        """House before Senate, each with how we know that the address lies there."""
        lookup, several_states = self.seats, len(self.lookup.states) > 1
        by_state = ResolvedBy.CHOICE if several_states else ResolvedBy.ZIP
        if lookup.resolved_by == ResolvedBy.ADDRESS:
            by_state = ResolvedBy.ADDRESS
        return tuple(
            ChosenSeat(
                code=found.seat,
                member=found.member,
                resolved_by=str(lookup.resolved_by if found.district else by_state),
            )
            for found in lookup.seats
            if found.seat in self.codes and found.is_held
        )

    # The letter that came of it.

    @property
    def form_token(self) -> str:
        """A repeated POST is the same letter."""
        return self._get("form_token")

    def _mint_form_token(self) -> None:
        """Long before the last screen is posted: two such POSTs at once must find the same one."""
        self._set(form_token=secrets.token_urlsafe(32))

    def keep_letter(self, letter: Letter | None) -> None:
        """None for a program, which is told what everybody is told."""
        self._set(submitted=time.time(), letter=str(letter.id) if letter else None)
        self.settle("you")

    def keep_email(self, email: str) -> None:
        """Corrected after the letter was written."""
        typed = self._get("typed", {})
        self._set(typed={**typed, "you": {**typed.get("you", {}), "email": [email]}})

    @property
    def submitted_at(self) -> float:
        """In seconds since 1970; 0 before."""
        return float(self._get("submitted", 0))

    @property
    def letter(self) -> Letter | None:
        """None before it is written, and after it is deleted or erased."""
        known = Letter.objects.select_related("signatory__campaign")
        known = known.filter(signatory__erasure_asked_at=None)
        return known.filter(id=self._get("letter")).first() if self._get("letter") else None

    def reopen(self) -> None:
        """The letter was not written, or is gone: the last screen may be sent again."""
        self._set(submitted=False, letter=None)
        self._mint_form_token()
        self.step_back_to("you")

    def finish(self, ended: str) -> None:
        """Nothing that was typed stays but the way to the receipt, and how it `ended`."""
        known = self._session.get(self._name, {})
        kept = ("source", "letter", "submitted", "settled")
        self._session[self._name] = {key: known[key] for key in kept if key in known}
        self._set(ended=ended)

    def forget(self, letter: Letter) -> None:
        """What was typed for it; what somebody is writing here by now stays."""
        if self.ended or self._get("letter") == str(letter.id):
            self._session.pop(self._name, None)

    @property
    def ended(self) -> str:
        """The Confirmation that finished it; empty before."""
        return self._get("ended", "")


def remember_who_invited(journey: Journey, campaign: Campaign, slug: str) -> None:
    """An organization that takes part; anything else is nothing."""
    if campaign.organizations.filter(slug=slug).exists():
        journey.source = slug
