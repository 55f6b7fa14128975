"""A campaign's steps: rehearse, open live only when everything is true, close."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from io import StringIO

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from campaign.models import Appeal, Campaign, Fact, Mode, Prisoner
from representatives.congress import congress_on, sitting_day
from representatives.models import Snapshot, Standing, StateMap
from representatives.models.snapshots import GOOD_FOR_DAYS
from representatives.states import STATES

log = logging.getLogger(__name__)

REVIEW_GOOD_FOR = timedelta(days=30)


class NotReady(Exception):
    """The campaign may not take that step yet; `obstacles` says what to do, a sentence each."""

    def __init__(self, obstacles: list[str]):
        super().__init__(" ".join(obstacles))
        self.obstacles = obstacles


def review(rows: Iterable[Fact | Prisoner], *, by: str) -> int:
    """A person has checked each against its source: good for 30 days unless they said."""
    rows, now = list(rows), timezone.now()
    with transaction.atomic():
        for row in rows:
            row.reviewed_at, row.reviewed_by = now, by
            if row.expires_at is None or row.expires_at <= now.date():
                row.expires_at = now.date() + REVIEW_GOOD_FOR
            row.save(update_fields=["reviewed_at", "reviewed_by", "expires_at"])
    return len(rows)


def open_rehearsal(*, campaign: Campaign, by: str) -> None:
    """From draft: letters go to the rehearsal Congress. Raises NotReady."""
    if campaign.state != Campaign.State.DRAFT:
        raise NotReady(["Only a draft can begin its rehearsal."])
    if campaign.current_appeal is None:
        raise NotReady(["Write an appeal first."])
    _step(campaign, Campaign.State.REHEARSAL, by)


def open_live(*, campaign: Campaign, by: str) -> tuple[str, ...]:
    """From draft or rehearsal: letters go to Congress. Raises NotReady with all that is missing.

    Returns what did not stand in the way but is to be looked after, a sentence each.
    """
    obstacles = list(_obstacles_to_live(campaign))
    if obstacles:
        raise NotReady(obstacles)
    old_lists = list(_ask_for_the_offices())
    with transaction.atomic():
        # Rehearsal letters are never sent live nor counted as live: they end here.
        campaign.signatories.filter(destination=Mode.REHEARSAL).delete()
        _step(campaign, Campaign.State.LIVE, by)
    return (*old_lists, *_to_be_looked_after(campaign))


def close_campaign(*, campaign: Campaign, by: str) -> None:
    """No letters any more; the dates of erasure run from now. Raises NotReady."""
    if campaign.state not in {Campaign.State.REHEARSAL, Campaign.State.LIVE}:
        raise NotReady(["Only a campaign that takes letters can be closed."])
    if campaign.closes_at is None or campaign.closes_at > timezone.now():
        campaign.closes_at = timezone.now()
    _step(campaign, Campaign.State.CLOSED, by)


def _step(campaign: Campaign, state: str, by: str) -> None:
    log.info("campaign %s: %s → %s by %s", campaign.slug, campaign.state, state, by)
    campaign.state = state
    campaign.save(update_fields=["state", "closes_at"])


def _ask_for_the_offices():
    """Which offices the gateways reach on the first day. What cannot be had stays as it was."""
    try:
        call_command("refresh_offices", verbosity=0, stdout=StringIO())
    except CommandError as error:
        yield f"The gateways' lists of offices are not to be had; the last good ones stay: {error}"


def _to_be_looked_after(campaign: Campaign):
    for organization in campaign.organizations.all():
        newest = organization.consent_texts.order_by("version").last()
        if newest and not newest.policy_url:
            yield (
                f"{organization} is not offered to supporters: "
                "it has no link to its privacy policy."
            )
    yield from _data_to_be_looked_after(campaign)
    if unreviewed := campaign.prisoners.to_be_reviewed().count():
        yield (
            f"Stories of prisoners that are not offered: {unreviewed}. Check each against its "
            "source under Prisoners, and mark it as reviewed."
        )
    if campaign.delivery_at:
        expired = campaign.appeals.last().facts.expired(campaign.sending_day).count()
        if expired:
            yield (
                f"{expired} facts expire before the delivery day: review them again by then, "
                "or the letters are held."
            )
        named = campaign.prisoners.meant_to_be_named()
        if stories := named.expired(campaign.sending_day).count():
            yield (
                f"Stories of prisoners that expire before the delivery day: {stories}. Review them "
                "again by then, or the letters that name them are held."
            )


def _data_to_be_looked_after(campaign: Campaign):
    today = sitting_day(timezone.now())
    roster = Snapshot.objects.current(Snapshot.Kind.ROSTER)
    if roster.standing(today) != Standing.FRESH:
        yield (
            f"The roster is {roster.age_in_days(today)} days old. Letters stop when it is older "
            f"than {GOOD_FOR_DAYS}, unless somebody answers for its age, for a week each time."
        )
    for snapshot in Snapshot.objects.filter(status=Snapshot.Status.PROPOSED):
        yield f"A new {snapshot} waits for a person: accept or refuse it under Snapshots."
    congress = congress_on(sitting_day(campaign.delivery_at or timezone.now()))
    if without := _states_without_map(congress):
        yield (
            f"No map of the {congress}th Congress is loaded for {', '.join(without)}: letters to "
            "representatives there wait until the street tells the district."
        )


def _states_without_map(congress: int) -> list[str]:
    """Of those that send somebody to Congress; a map that still holds will do."""
    mapped = {each.state for each in StateMap.objects.in_use(congress) if each.holds}
    return sorted(set(STATES) - mapped)


def _obstacles_to_live(campaign: Campaign):
    if campaign.state not in {Campaign.State.DRAFT, Campaign.State.REHEARSAL}:
        yield "Only a draft or a rehearsal can be opened."
    if not settings.LIVE:
        yield "This installation rehearses. Start it with DELIVERY_MODE=live."
    if campaign.closes_at is None or campaign.closes_at <= timezone.now():
        yield "Set a closing date in the future: people's data is erased by it."
    appeal = campaign.appeals.last()
    if appeal is None:
        yield "Write an appeal first."
    else:
        yield from _obstacles_in_facts(appeal)
    yield from _obstacles_in_roster()


def _obstacles_in_roster():
    roster, today = Snapshot.objects.current(Snapshot.Kind.ROSTER), sitting_day(timezone.now())
    if roster is None:
        yield "Load the roster of members."
    elif not roster.covers(today):
        yield (
            f"The roster in force ends with the Congress before the {congress_on(today)}th: load "
            "one of the Congress that sits, and accept it."
        )
    elif not roster.is_good(today):
        age = roster.age_in_days(today)
        yield (
            f"The roster is {age} days old. Load a newer one, or accept its age: under Snapshots, "
            "choose the roster and the action that takes responsibility for it."
        )


def _obstacles_in_facts(appeal: Appeal):
    for key in sorted(appeal.missing_facts):
        yield f"The text names {{{key}}}, and no fact has that key: add it."
    unreviewed = appeal.facts.to_be_reviewed().count()
    if unreviewed:
        yield f"{unreviewed} facts are to be reviewed: check each against its source."
    expired = appeal.facts.expired(timezone.localdate()).count()
    if expired:
        yield f"{expired} facts have expired: review them again."
