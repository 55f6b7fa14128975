"""What a text seems to give away about somebody: a name, an address, a telephone number.

Only a reason to ask: it may put people in danger where the letter is about. Asking about every
capital letter would teach people to click it away, so whatever is ordinary stays unasked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models import Appeal
from letters.composing import Text
from letters.likeness import campaign_texts
from letters.ordinary import BETWEEN, KIN, NAMING, NO_PERSON, OFFICES, ORDINARY, OWNERS
from representatives.cities import cities_among
from representatives.models import Member

# Words, with an apostrophe or hyphen inside, or an initial with its dot; else one sign.
TOKEN = re.compile(
    r"[^\W\d_]\.(?=[ ]?[^\W\d_])|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|\d+|\n|[^\w\s]",
)
OF_SOMEBODY = re.compile(r"['’]s$")
# `Lukashenko` and `Lukashenka` are spellings of one name.
SPELLED_ALIKE = 8
NUMBER = r"\d{1,5}[A-Za-z]?"
ADDRESS = re.compile(
    rf"""
    \b{NUMBER}\s+(?:[\w.'’-]+\s+){{1,3}}?
        (?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Highway|Hwy|Parkway)\b
    | \b(?!(?:19|20)\d\d\s){NUMBER}\s+(?:[A-Z][\w'’-]+\s+){{1,2}}(?:Court|Place|Way|Terrace)\b
    | (?:\b(?:vul|ul|vulica|vulitsa|ulica|ulitsa|praspekt|prospekt|prospect)
        |\b(?:вул|ул|вуліца|улица|праспект|проспект))\b\.?\s+[^\n\d]{{2,40}}?\s*\d+
    | \b(?:Apt|Apartment|apartment|Flat|flat|apt|кв|кватэра|квартира)\b\.?\s*(?:\#\s*)?\d+
    | \b[A-Z]{{2}}\s+\d{{5}}(?:-\d{{4}})?\b
    | [\w.+-]+@[\w-]+\.[\w.-]+
    """,
    re.VERBOSE,
)
PHONE = re.compile(r"(?<![\w.,])[+(]?\d(?:(?:[ .-]|\)[ -]?|[ ]\()?\d){8,14}(?!\w)")


class Kind(models.TextChoices):
    PERSON = "person", _("It seems to name a person:")
    ADDRESS = "address", _("It seems to hold an address:")
    PHONE = "phone", _("It seems to hold a telephone number:")


@dataclass(frozen=True)
class Finding:
    """One thing that the text seems to give away, in the text's words."""

    kind: str
    words: str

    @property
    def label(self) -> str:
        return Kind(self.kind).label


@dataclass(frozen=True)
class Known:
    """Names that everybody may read: the campaign's own, members', cities'."""

    names: frozenset[tuple[str, ...]] = frozenset()
    # Words that the campaign writes small: they name nobody, also at a sentence's beginning.
    ordinary: frozenset[str] = field(default=ORDINARY)

    @classmethod
    def of(cls, *, texts: Iterable[str], names: Iterable[str]) -> "Known":
        """`texts` may hold names, `names` are nothing else."""
        tokens = [TOKEN.findall(text) for text in texts]
        small = {word for each in tokens for word in each if word.islower()}
        runs = {run.folded for each in tokens for run in _runs(each)}
        return cls(
            names=frozenset(runs | {tuple(name.casefold().split()) for name in names}),
            ordinary=ORDINARY | small,
        )

    def has(self, name: tuple[str, ...]) -> bool:
        """The whole name, or a known name that stands alone, with whatever before it."""
        if name in self.names or any(_holds(each, name) for each in self.names):
            return True
        lone = (each[0] for each in self.names if len(each) == 1)
        return any(_is_spelled_alike(name[-1], each) for each in lone)


@dataclass(frozen=True)
class Run:
    """Words with capital letters in a row, and the tokens around them."""

    words: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        return tuple(OF_SOMEBODY.sub("", word.casefold()) for word in self.words)

    @property
    def is_introduced(self) -> bool:
        """By what stands around it: "my cousin Nina", "her name is Nina", "Nina, my cousin"."""
        before = [word.casefold() for word in self.before if word not in BETWEEN]
        after = [word.casefold() for word in self.after]
        follows = bool(before) and before[-1] in KIN | NAMING
        leads = after[:1] == [","] and after[1:2] and after[1] in OWNERS and set(after[2:]) & KIN
        return follows or bool(leads)


def disclosed(text: Text, *, appeal: Appeal, day: date) -> list[Finding]:
    """What a supporter's letter seems to give away in whatever they wrote themselves."""
    written = "\n".join(filter(None, (text.subject, text.own_words, text.statement)))
    found = findings(written, known=known_to(appeal, day))
    cities = cities_among(each.words for each in found)
    return [each for each in found if each.words not in cities]


def known_to(appeal: Appeal, day: date) -> Known:
    """Whom the campaign's own texts name, its organizations and prisoners, and every member."""
    campaign = appeal.campaign
    members = Member.objects.values_list("first_name", "last_name", "official_name")
    names = [name for first, last, whole in members for name in (f"{first} {last}", whole)]
    names += [prisoner.name for prisoner in campaign.prisoners.nameable()]
    names += [organization.name for organization in campaign.organizations.all()]
    return Known.of(texts=campaign_texts(appeal=appeal, day=day), names=names)


def findings(text: str, *, known: Known) -> list[Finding]:
    """Each thing once, in the order of kinds."""
    # A street may be called after somebody.
    people = [Finding(Kind.PERSON, name) for name in _people(ADDRESS.sub("\n", text), known)]
    addresses = [Finding(Kind.ADDRESS, found[0].strip()) for found in ADDRESS.finditer(text)]
    phones = [Finding(Kind.PHONE, found[0].strip()) for found in PHONE.finditer(text)]
    return list(dict.fromkeys([*people, *addresses, *phones]))


def _people(text: str, known: Known) -> Iterator[str]:
    for run in _runs(TOKEN.findall(text)):
        if set(run.folded) & (NO_PERSON | OFFICES) or _holds_an_office(run):
            continue
        for name in _names_in(run, known):
            if not known.has(name.folded) and (len(name.words) > 1 or name.is_introduced):
                yield " ".join(OF_SOMEBODY.sub("", word) for word in name.words)


def _holds_an_office(run: Run) -> bool:
    return bool(run.before) and run.before[-1].casefold() in OFFICES


def _runs(tokens: list[str]) -> Iterator[Run]:
    start = 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and _is_capital(tokens[end]):
            end += 1
        if end > start:
            before, after = tokens[max(0, start - 3) : start], tokens[end : end + 4]
            yield Run(tuple(tokens[start:end]), tuple(before), tuple(after))
        start = end + 1


def _is_capital(token: str) -> bool:
    """`Nina` and `N.`, but neither `I` nor `USA`."""
    is_initial = len(token) == 2 and token[1] == "." and token[0].isupper()
    return is_initial or (len(token) > 1 and token[0].isupper() and not token.isupper())


def _names_in(run: Run, known: Known) -> Iterator[Run]:
    """What is left of a run between its ordinary words, each with what stands around it."""
    words, folded, start = run.words, run.folded, 0
    for end in range(len(words) + 1):
        if end < len(words) and folded[end] not in known.ordinary | KIN:
            continue
        if end > start:
            before, after = (*run.before, *words[:start]), (*words[end:], *run.after)
            yield Run(words[start:end], before[-3:], after[:4])
        start = end + 1


def _holds(longer: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """A known name's end is known as well: the family name alone, not the first name."""
    return longer[-len(name) :] == name


def _is_spelled_alike(one: str, other: str) -> bool:
    shared = min(len(one), len(other)) - 2
    return one == other or (shared >= SPELLED_ALIKE - 2 and one[:shared] == other[:shared])
