"""Texts to pass on: they name nobody, and do not say who wrote a letter or who invited them."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from campaign.models import Campaign


@dataclass(frozen=True)
class SharingTexts:
    """In the reader's language: a line for a messenger, and a mail."""

    short: str
    subject: str
    long: str

    @property
    def mailto(self) -> str:
        """Opens the reader's own mail program; nobody else learns of it."""
        body = self.long.replace("\n", "\r\n")
        return f"mailto:?subject={quote(self.subject)}&body={quote(body)}"


def sharing_texts(campaign: Campaign, *, address: str) -> SharingTexts:
    """`address` is the campaign's page, without the code of whoever invited the reader."""
    return SharingTexts(
        short=_("%(ask)s It takes two minutes: %(address)s")
        % {"ask": campaign.said_ask, "address": address},
        subject=_("A letter that takes two minutes"),
        long="\n\n".join(
            [
                _("Hello!"),
                campaign.said_ask,
                _(
                    "This page finds the right offices by your address and has a letter ready, to "
                    "which you can add words of your own. It needs no account and takes about two "
                    "minutes. Nobody is named in public unless they choose so."
                ),
                address,
                _(
                    "Please read there first whether it is safe for you and your family. If it is "
                    "not, do not sign."
                ),
            ]
        ),
    )
