"""The rehearsal gateways' own check of a document. It shares no line with the channel's."""

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

GRAMMAR = Path(__file__).resolve().parent / "gateway.xsd"


class NotXml(ValueError):
    """The body is no XML document at all; the text is the parser's."""


@dataclass(frozen=True)
class Checked:
    """Whose letter it is, and each rule that it breaks in libxml's words."""

    delivery_id: str
    office: str
    errors: tuple[str, ...]


def check(body: bytes) -> Checked:
    """Parse and check a document. No entity is expanded, nothing is fetched. Raises NotXml."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotXml(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise NotXml("A document type declaration is not allowed.")
    return Checked(
        delivery_id=_short(root.findtext("Delivery/DeliveryId"), at_most=64),
        office=_short(root.findtext("Recipient/MemberOffice"), at_most=120),
        errors=(*_grammar_errors(root), *_further_errors(root)),
    )


def _short(text: str | None, *, at_most: int) -> str:
    return (text or "")[:at_most]


def _grammar_errors(root: etree._Element) -> list[str]:
    grammar = etree.XMLSchema(etree.parse(GRAMMAR))
    grammar.validate(root)
    return [entry.message for entry in grammar.error_log]


def _further_errors(root: etree._Element) -> list[str]:
    errors = []
    if root.find("Message") is not None and not (
        root.findtext("Message/OrganizationStatement")
        or root.findtext("Message/ConstituentMessage")
    ):
        errors.append(
            "Element 'Message': Missing child element(s). "
            "Expected is one of ( OrganizationStatement, ConstituentMessage )."
        )
    if root.find("Message/Bills") is not None and root.find("Message/ProOrCon") is None:
        errors.append("Element 'Message': Missing child element(s). Expected is ( ProOrCon ).")
    errors += [f"Element '{name}': no real phone number." for name in _made_up_phones(root)]
    return errors


def _made_up_phones(root: etree._Element) -> list[str]:
    """Offices know `000-000-0000`: other systems put it where nobody gave a number."""
    phones = [element for element in root.iter("{*}Phone") if element.text]
    return [phone.tag for phone in phones if re.fullmatch(r"(\d)\1\1-\1{3}-\1{4}", phone.text)]
