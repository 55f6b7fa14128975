"""What a gateway's answer means for the letter."""

import logging

from lxml import etree

from letters.channels.cwc.gateway import Answer
from letters.channels.http import wait_asked_for
from letters.channels.interface import Rejected, Unavailable, Uncertain
from letters.states import Reason

log = logging.getLogger(__name__)

ACCEPTED = {200, 201}
REFUSED = {400, 413, 422}
# 403: the gateway knows addresses too, and ours is not on its list.
KEY_REFUSED = {401, 403}
BUSY = {429, 503}
# Nobody there takes letters: a wrong address, a proxy that wants a password.
NOT_A_GATEWAY = {301, 302, 307, 308, 404, 405, 407, 410}


def judge(answer: Answer, *, channel: str, chamber: str) -> None:
    """Returns where the gateway has the letter; raises Rejected, Unavailable or Uncertain.

    An answer that the table does not know is Uncertain: the letter may have arrived.
    """
    evidence = _evidence(answer)
    errors = _errors(answer.body)
    if answer.status in REFUSED or (answer.status in ACCEPTED and errors):
        raise Rejected(Reason.REFUSED, evidence=evidence)
    if answer.status in ACCEPTED and not _is_a_page(answer):
        return
    if answer.status == 409 and chamber == "senate":
        # The Senate has this DeliveryId: an earlier attempt had landed.
        return
    if answer.status in BUSY:
        raise Unavailable(
            Reason.BUSY, evidence=evidence, retry_after=wait_asked_for(answer.retry_after)
        )
    log.error("%s answered with HTTP %s: somebody must look", channel, answer.status)
    if answer.status in KEY_REFUSED:
        raise Unavailable(Reason.KEY_REFUSED, evidence=evidence)
    if answer.status in NOT_A_GATEWAY:
        raise Unavailable(Reason.UNREACHABLE, evidence=evidence)
    if answer.status == 415:
        raise Rejected(Reason.OUR_MISTAKE, evidence=evidence)
    raise Uncertain(Reason.NO_ANSWER, evidence=evidence)


def _is_a_page(answer: Answer) -> bool:
    """A web page under a status of success: a proxy or a portal spoke, not the gateway."""
    return "html" in answer.content_type.lower() or "<html" in answer.body[:1000].lower()


def _evidence(answer: Answer) -> str:
    """The status, and the list of errors where there is one, else the body."""
    errors = _errors(answer.body)
    return "\n".join([f"HTTP {answer.status}", *(errors or [answer.body.strip()])]).strip()


def _errors(body: str) -> list[str]:
    """The texts of `<Errors><Error>…`, also of a list that broke off; empty for anything else."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(body.encode(), parser)
    except etree.XMLSyntaxError:
        return []
    if root is None:
        return []
    return [(error.text or "").strip() for error in root.iter("{*}Error")]
