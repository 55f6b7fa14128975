"""What does not fit on a form today, seen in the browser without writing a word into it."""

from letters.channels.webform.browsing import FILLING, SENDS_NOTHING, Browsing
from letters.channels.webform.deciding import Found, as_sent, changes
from letters.channels.webform.engine import FormChanged, Look
from letters.channels.webform.recipe import Action, Kind

PRESSING = {Kind.CLICK, Kind.SCRIPT}


async def look(walk: Browsing) -> Look:
    """As far as nothing written would be needed to go on. Unavailable where no page comes."""
    troubles: list[str] = []
    charset, has_fields = "", False
    while action := walk.next:
        try:
            if action.kind in FILLING:
                has_fields = True
                found = await _found(walk, action)
                charset = _limited(found) if action.is_message else charset
                _check(action, found)
            elif has_fields and action.kind in PRESSING:
                if action.kind == Kind.SCRIPT or await walk.sends(action):
                    break
            else:
                await walk.do_next()
                continue
        except FormChanged as error:
            troubles.append(str(error))
            if not has_fields:
                break
        walk.skip()
    if not walk.next:
        troubles.append(SENDS_NOTHING)
    return Look(tuple(troubles), charset)


async def _found(walk: Browsing, action: Action) -> list[Found]:
    if not await walk.is_there(action):
        return []
    (found,) = await walk.page.read([action.selector])
    return found or []


def _check(action: Action, found: list[Found]) -> None:
    try:
        changes(as_sent(action, found), found)
    except FormChanged:
        if action.is_needed:
            raise


def _limited(found: list[Found]) -> str:
    limited = (each.sent_in for each in found[:1] if not each.takes_every_letter)
    return next(limited, "")
