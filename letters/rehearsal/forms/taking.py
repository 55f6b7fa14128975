"""What an office does with what its form sends: check it, keep it, say what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.encryption import email_hash
from letters.models import Arrival, Receiver
from letters.rehearsal.forms.arriving import body_of
from letters.rehearsal.forms.building import PAGE_NUMBER
from letters.rehearsal.forms.checking import Verdict, check
from letters.rehearsal.forms.form import OfficeForm
from letters.rehearsal.forms.office import Office
from letters.rehearsal.forms.reading import Pairs, Sent

ACCEPTED, NOT_ACCEPTED = 200, 422


@dataclass(frozen=True)
class Taken:
    """`page` is to be shown next; None: the letter has arrived."""

    page: int | None
    faults: tuple[str, ...] = ()


def take(office: Office, sent: Sent, *, tokens: Mapping[str, str]) -> Taken:
    """A letter is kept, and so is what was refused. A page on the way to it is not."""
    form, number = office.form, page_number(office.form, sent)
    verdicts = check(form, sent, pages=number + 1, tokens=tokens)
    faults = tuple(f"{each.label} ({each.name}): {each.fault}" for each in verdicts if each.fault)
    if faults:
        _keep(office, sent, verdicts, NOT_ACCEPTED)
        return Taken(page=number, faults=faults)
    if number + 1 < len(form.pages):
        return Taken(page=number + 1)
    _keep(office, sent, verdicts, ACCEPTED)
    return Taken(page=None)


def page_number(form: OfficeForm, sent: Sent) -> int:
    """From which page it comes."""
    last = len(form.pages) - 1
    if not form.has_hidden_parts:
        return last
    said = next(iter(sent.values(PAGE_NUMBER)), "")
    return min(int(said), last) if said.isdecimal() else 0


def carried(form: OfficeForm, sent: Sent, *, to: int) -> Pairs:
    """What the pages before that one have asked goes along in hidden fields."""
    names = {field.name for page in form.pages[:to] for field in page.fields}
    return tuple((name, value) for name, value in sent.pairs if name in names)


def _keep(office: Office, sent: Sent, verdicts: list[Verdict], status: int) -> None:
    Arrival.objects.create(
        receiver=Receiver.FORM,
        office=office.code,
        delivery_key=_sender(office.form, sent),
        status=status,
        body=body_of(sent, verdicts, charset=office.form.charset),
    )


def _sender(form: OfficeForm, sent: Sent) -> str:
    """A form knows no delivery: by the hash of its sender's address an arrival can be erased."""
    names = {field.name for field in form.fields if field.meaning == "$EMAIL"}
    email = next((value for name, value in sent.pairs if name in names and value), "")
    return email_hash(email) if email else ""
