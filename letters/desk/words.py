"""A delivery's states in the organizers' words."""

from letters.states import State


def desk_words(state: str) -> str:
    """`needs supporter`, `handed over` …"""
    if state == State.SELF_REPORTED:
        return "self-reported"
    return state.replace("_", " ")


DESK_STATES = [(state.value, desk_words(state)) for state in State]
