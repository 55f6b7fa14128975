"""One letter to one office as a CWC 2.0 document, in the canonical order."""

from dataclasses import dataclass

from lxml import etree
from lxml.builder import E

from campaign.models import Identity
from letters.channels.cwc.offices import to_office
from letters.channels.interface import Envelope, SendingOrganization, unix_lines

VERSION = "2.0"


@dataclass(frozen=True)
class Agent:
    """Who delivers: the vendor that the gateways have admitted, under its registered name."""

    name: str
    ack_email: str
    contact_name: str
    contact_email: str
    contact_phone: str


@dataclass(frozen=True)
class Texts:
    """What the office reads: either or both. Empty: the element is left out."""

    organization_statement: str
    constituent_message: str


def texts(envelope: Envelope) -> Texts:
    """What the organizations wrote, and what the supporter wrote, apart.

    The statement, untouched, is the organizations': offices group letters by it, so it comes
    first, and the story and the closing follow, which are theirs too. A statement that the
    supporter edited has become theirs and follows their own words and the story. Offices show the
    two elements apart, so each opens with the salutation and can be read by itself; the opening
    ("I am your constituent …") says what the structured fields already prove and stays out.
    Neither holds a name or an address of the writer.
    """
    if envelope.statement_is_untouched:
        theirs = (envelope.statement, envelope.story, envelope.closing)
        own = (envelope.own_words,)
    else:
        theirs = ()
        own = (envelope.own_words, envelope.story, envelope.statement)
    return Texts(
        organization_statement=_greeted(envelope.salutation, theirs),
        constituent_message=_greeted(envelope.salutation, own),
    )


def _greeted(salutation: str, paragraphs: tuple[str, ...]) -> str:
    written = [text for text in paragraphs if text]
    # A browser's line ends would reach the staff as `&#13;`.
    return unix_lines("\n\n".join([salutation, *written])) if written else ""


def build_document(envelope: Envelope, *, agent: Agent) -> bytes:
    """The document in UTF-8, each element on its own line: staff read the raw XML.

    Raises ValueError for text that XML cannot carry, such as control characters.
    """
    root = E.CWC(
        E.CWCVersion(VERSION),
        _delivery(envelope, agent),
        _recipient(envelope),
        _constituent(envelope.person, address_validated=envelope.address_validated),
        _message(envelope),
    )
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def read_texts(document: bytes) -> Texts:
    """What the office could read of a document that `build_document` made."""
    message = etree.fromstring(document).find("Message")
    return Texts(
        organization_statement=message.findtext("OrganizationStatement", ""),
        constituent_message=message.findtext("ConstituentMessage", ""),
    )


def _delivery(envelope: Envelope, agent: Agent) -> etree._Element:
    return E.Delivery(
        E.DeliveryId(envelope.delivery_key),
        E.DeliveryDate(envelope.day.strftime("%Y%m%d")),
        E.DeliveryAgent(agent.name),
        E.DeliveryAgentAckEmailAddress(agent.ack_email),
        E.DeliveryAgentContact(
            E.DeliveryAgentContactName(agent.contact_name),
            E.DeliveryAgentContactEmail(agent.contact_email),
            E.DeliveryAgentContactPhone(agent.contact_phone),
        ),
        *_organization(envelope.organization),
        E.CampaignId(envelope.campaign_id),
    )


def _organization(organization: SendingOrganization) -> list[etree._Element]:
    """What is known of it. A contact lacking a part is left out: nothing is ever made up."""
    elements = [E.Organization(organization.name)] if organization.name else []
    contact = (organization.contact_name, organization.contact_email, organization.contact_phone)
    if all(contact):
        name, email, phone = contact
        elements.append(
            E.OrganizationContact(
                E.OrganizationContactName(name),
                E.OrganizationContactEmail(email),
                E.OrganizationContactPhone(phone),
            )
        )
    if organization.about:
        elements.append(E.OrganizationAbout(organization.about))
    return elements


def _recipient(envelope: Envelope) -> etree._Element:
    """An answer is asked for: it is how a constituent learns where the member stands.

    No newsletter: nobody has been asked for that consent.
    """
    return E.Recipient(
        E.MemberOffice(to_office(envelope.seat_code)),
        E.IsResponseRequested("Y"),
        E.NewsletterOptIn("N"),
    )


def _constituent(person: Identity, *, address_validated: bool) -> etree._Element:
    """Name and address stand here and nowhere else. No phone: the gateways do not need one."""
    return E.Constituent(
        E.Prefix(person.prefix),
        E.FirstName(person.first_name),
        E.LastName(person.last_name),
        E.Address1(person.street),
        E.City(person.city),
        E.StateAbbreviation(person.state),
        E.Zip(person.zip_plus_4),
        E.AddressValidation("Y" if address_validated else "N"),
        E.Email(person.email),
        # Nothing leaves before the code that was mailed there has been entered.
        E.EmailValidation("Y"),
    )


def _message(envelope: Envelope) -> etree._Element:
    message = E.Message(
        E.Subject(envelope.subject),
        E.LibraryOfCongressTopics(E.LibraryOfCongressTopic(envelope.topic)),
    )
    written = texts(envelope)
    if written.organization_statement:
        message.append(E.OrganizationStatement(written.organization_statement))
    if written.constituent_message:
        message.append(E.ConstituentMessage(written.constituent_message))
    return message
