"""What does not fit on a form today, seen in the browser without writing a word into it."""

from letters.channels.webform.deciding import Found, as_sent, changes
from letters.channels.webform.engine import FormChanged, Look
from letters.channels.webform.recipe import Action, Kind
from letters.channels.webform.browsing import FILLING, Browsing


async def look(walk: Browsing) -> Look:
    """As far as nothing written would be needed to go on. Unavailable where no page comes."""
    troubles: list[str] = []
    charset, has_fields = "", False
    while action := walk.next:
        try:
            if action.kind in FILLING:
                has_fields = True
                found = await _fits(walk, action)
                charset = charset or _limited(found)
            elif has_fields and action.kind in {Kind.CLICK, Kind.SCRIPT}:
                if action.kind == Kind.CLICK:
                    await walk.is_there(action)
                break
            else:
                await walk.do_next()
                continue
        except FormChanged as error:
            troubles.append(str(error))
            if not has_fields:
                break
        walk.skip()
    return Look(tuple(troubles), charset)


async def _fits(walk: Browsing, action: Action) -> list[Found]:
    if not await walk.is_there(action):
        return []
    (found,) = await walk.page.read([action.selector])
    try:
        changes(action if action.kind != Kind.FILL else _sent(action, found), found)
    except FormChanged:
        if action.required:
            raise
    return found or []


def _sent(action: Action, found: list[Found]) -> Action:
    return Action(**vars(action) | {"value": as_sent(action, found)})


def _limited(found: list[Found]) -> str:
    limited = (each.sent_in for each in found if not each.takes_every_letter)
    return next(limited, "")
