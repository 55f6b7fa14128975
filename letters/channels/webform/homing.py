"""A plan for a real office turned towards the rehearsal's form."""

import re
from dataclasses import replace
from html import escape

from letters.channels.webform.recipe import Action, Kind, Plan

# Also of a button, also without quotation marks, and however its URL is spelled.
ACTION = re.compile(
    r"""(?<![\w-])((?:form)?action\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)


def at_home(plan: Plan, url: str) -> Plan:
    """The same letter for the form at `url`: nothing in it leads anywhere else.

    Whatever page it visits is that form, and forms that it puts into the page post there.
    """
    return replace(plan, actions=tuple(_at_home(each, url) for each in plan.actions))


def _at_home(action: Action, url: str) -> Action:
    if action.kind == Kind.VISIT:
        return replace(action, value=url)
    if action.kind == Kind.INJECT:
        here = f'"{escape(url)}"'
        return replace(action, value=ACTION.sub(lambda found: found[1] + here, action.value))
    return action
