"""All sinks together, on one log, and how the processes under test are told of them."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.arrivals import EMAIL_HASH_KEY, ArrivalLog
from tests.faults.moods import WELL, Mood
from tests.faults.sinks import Forms, Gateways, Mailboxes
from tests.faults.ways import WAYS, on_lists, over

FORM_SECONDS = 5
# Nobody waits for three minutes after each kill.
LEASE = 10


@dataclass(frozen=True)
class Congress:
    """What arrived, and the variables for processes that send to it."""

    log: ArrivalLog
    variables: dict[str, str]


def variables_for(
    *,
    gateways: str,
    smtp_port: int,
    forms: str,
    form_seconds: float = FORM_SECONDS,
    lease: int = LEASE,
    ways: dict[str, str] = WAYS,
) -> dict[str, str]:
    """What tests/faults/settings.py and writing.py read."""
    facts = {
        "gateways": gateways,
        "smtp_port": smtp_port,
        "forms": forms,
        "form_seconds": form_seconds,
        "lease": lease,
        "ways": ways,
    }
    return {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "FAULTS": json.dumps(facts),
        "EMAIL_HASH_KEY": EMAIL_HASH_KEY,
        # The pace has tests of its own.
        "GATEWAY_PER_SECOND": "0",
    }


@contextmanager
def congress(
    folder: Path, *, seed: int, gateways: Mood = WELL, mailboxes: Mood = WELL, forms: Mood = WELL
) -> Iterator[Congress]:
    """Every office of WAYS, each of the three kinds of sinks in its mood."""
    with ExitStack() as stack:
        log = ArrivalLog(folder / "arrivals.jsonl")
        stack.callback(log.close)
        cwc = stack.enter_context(Gateways(log, offices=on_lists(), mood=gateways, seed=seed))
        mail = stack.enter_context(Mailboxes(log, mood=mailboxes, seed=seed + 1))
        pages = Forms(log, offices=over("contact_form"), mood=forms, seed=seed + 2)
        stack.enter_context(pages)
        variables = variables_for(gateways=cwc.url, smtp_port=mail.port, forms=pages.url)
        yield Congress(log=log, variables=variables)
