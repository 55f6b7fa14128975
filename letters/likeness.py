"""How much of a letter is its writer's own: a form letter, lightly edited, or personal.

Staff tell them apart in the same way: by what they have read before. `static/js/meter.js` says the
same while somebody types, and a browser test holds the two together.
"""

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from unicodedata import normalize

from campaign.models import Appeal
from campaign.models.prompt import BLANK
from letters.composing import Text, fill
from letters.models import Likeness

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = str.maketrans("", "", "'’ʼ")
# Three words in a row are the campaign's, if they stand so in one of its texts.
SHINGLE = 3
# So many that are not, in a row, are a passage of the writer's own; fewer are a change.
PASSAGE = 4
# Fewer changed words than this, and it is still the form letter.
FEW = 4
# Two sentences; or in a short letter half of it, and at least one sentence.
PERSONAL = 20
PERSONAL_IF_HALF = 10


def likeness(texts: Iterable[str], *, known: Iterable[str]) -> Likeness:
    """Of a letter's texts (own words, statement), beside all that the campaign offers."""
    shingles = {shingle for text in known for shingle in _shingles(text)}
    total, changed, own = 0, 0, 0
    for text in texts:
        words = words_of(text)
        runs = [len(list(run)) for is_new, run in groupby(_is_new(words, shingles)) if is_new]
        total += len(words)
        changed += sum(runs)
        own += sum(length for length in runs if length >= PASSAGE)
    if own >= PERSONAL or (own >= PERSONAL_IF_HALF and 2 * own >= total):
        return Likeness.PERSONAL
    return Likeness.EDITED if changed >= FEW else Likeness.FORM


def likeness_of(text: Text, *, appeal: Appeal) -> Likeness:
    """Of what a supporter wrote, beside the campaign's texts as they saw them."""
    if not text.own_words and text.statement is None:
        return Likeness.FORM
    day = text.frozen_on or appeal.campaign.today
    statement = fill(appeal.statement, appeal=appeal, on=day)
    written = (text.own_words, statement if text.statement is None else text.statement)
    return likeness(written, known=campaign_texts(appeal=appeal, day=day))


def campaign_texts(*, appeal: Appeal, day: date) -> list[str]:
    """All that a letter may have from the campaign: its texts, prompts and stories.

    `day` is the one that days are counted to.
    """
    templates = (appeal.subject, appeal.opening, appeal.statement, appeal.short_statement)
    return [
        *(fill(template, appeal=appeal, on=day) for template in templates),
        *(prompt.sentence for prompt in appeal.campaign.prompts.all()),
        *(prisoner.story for prisoner in appeal.campaign.prisoners.nameable()),
    ]


def words_of(text: str) -> list[str]:
    """In lower case, without signs: `Don’t` is `dont`."""
    return WORD.findall(normalize("NFC", text).lower().translate(APOSTROPHES))


def _shingles(text: str) -> Iterable[tuple[str, ...]]:
    """What stands before a blank does not go on behind it."""
    for piece in BLANK.split(text):
        words = words_of(piece)
        yield from zip(*(words[start:] for start in range(SHINGLE)), strict=False)


def _is_new(words: list[str], shingles: set[tuple[str, ...]]) -> list[bool]:
    """For each word whether it stands in no three words that are the campaign's."""
    new = [True] * len(words)
    for start in range(len(words) - SHINGLE + 1):
        if tuple(words[start : start + SHINGLE]) in shingles:
            new[start : start + SHINGLE] = [False] * SHINGLE
    return new
