"""Whether a document is one that the gateways would take, before it leaves us."""

import threading
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from lxml import etree

# At and below these stands what a supporter may have written; all else is the organizers' or ours.
SUPPORTERS = (
    "/CWC/Constituent",
    "/CWC/Message/Subject",
    "/CWC/Message/OrganizationStatement",
    "/CWC/Message/ConstituentMessage",
)

# Path → grammar: reading one costs more than building a letter, and an error log is not for two
# threads at once.
_read_by_this_thread = threading.local()


@dataclass(frozen=True)
class Fault:
    """One rule that a document breaks. `text` may quote it: it belongs into sealed evidence."""

    path: str
    text: str

    @property
    def is_the_supporters(self) -> bool:
        return self.path.startswith(SUPPORTERS)


def read_grammar(path: str) -> etree.XMLSchema:
    """The XSD in that file; ImproperlyConfigured where there is none."""
    try:
        return etree.XMLSchema(etree.parse(path))
    except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise ImproperlyConfigured(f"CWC_SCHEMA must name an XML schema: {error}") from error


def faults(document: bytes, *, schema: str) -> tuple[Fault, ...]:
    """Every rule of the grammar in the file `schema` that the document breaks; empty if none."""
    grammar = vars(_read_by_this_thread).get(schema)
    if grammar is None:
        grammar = read_grammar(schema)
        setattr(_read_by_this_thread, schema, grammar)
    grammar.validate(etree.fromstring(document))
    return tuple(Fault(path=entry.path or "", text=entry.message) for entry in grammar.error_log)
