"""The form of the letter: own words apart from the statement, and no more than an office takes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaign.models import Appeal, Campaign, Prisoner
from campaign.models.prompt import BLANK
from letters.channels.interface import Part
from letters.composing import Text, fill
from letters.fields import (
    CHOICE_IS_GONE,
    LineField,
    ProseField,
    in_english,
    too_long,
    without_blanks,
)
from letters.likeness import campaign_texts, likeness
from letters.models import Likeness
from letters.previewing import Preview

# Nobody reads more, in an official form either; a gateway's own limit comes with its channel.
LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Shown:
    """An appeal's texts as a form has shown them, with the facts of that moment."""

    appeal: int
    subject: str
    statement: str


class LetterForm(forms.Form):
    """The letter: own words apart from the statement, which stays a template while untouched.

    `shown` is what this supporter has seen so far: whoever leaves it as it was has not edited it,
    though a fact may have been corrected since. `preview` says what each chosen office would get,
    `stories` whom it might tell of, the first in turn first.
    """

    own_words = ProseField(
        label=_("Your own words (optional)"),
        required=False,
        help_text=_(
            "In English. Why does this matter to you? Two or three sentences of your own "
            "count for more with an office than the whole text below."
        ),
        widget=forms.Textarea({"rows": 6, "lang": "en"}),
        error_messages={
            "cyrillic": _(
                "The offices' staff read English, so we cannot send this as it is. Choose from the "
                "sentences below: each is put into your letter in English. A name may stay as it "
                "is."
            )
        },
    )
    prisoner = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("One person's story"),
        empty_label=_("None"),
        widget=forms.RadioSelect,
        error_messages=CHOICE_IS_GONE,
    )
    subject = LineField(
        label=_("Subject"),
        min_length=6,
        max_length=500,
        validators=[in_english, without_blanks],
        widget=forms.TextInput({"lang": "en"}),
        help_text=_("The first line that an office sees."),
        error_messages={
            "required": _("A letter needs a subject."),
            "min_length": _("Write a subject of at least six characters."),
        },
    )
    statement = ProseField(
        label=_("The organizations' statement"),
        required=False,
        help_text=_("You may change it or empty it."),
        widget=forms.Textarea({"rows": 14, "lang": "en"}),
    )

    def __init__(
        self,
        *args,
        campaign: Campaign,
        day: date,
        shown: Iterable[Shown],
        preview: Callable[[Text], list[Preview]],
        stories: Callable[[], list[Prisoner]],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.day, self._preview = day, preview
        self._appeal = campaign.current_appeal
        self.fresh = fresh_texts(self._appeal, day)
        self._shown = [self.fresh, *(each for each in shown if each.appeal == self.fresh.appeal)]
        for name in ("subject", "statement"):
            if self._is_untouched(name, self.initial.get(name)):
                self.initial[name] = getattr(self.fresh, name)
        self._offer_prisoners(campaign, stories)

    def _is_untouched(self, name: str, text: str | None) -> bool:
        """As it was shown, or not yet answered."""
        if text is None:
            return True
        cleaned = self.base_fields[name].to_python(text)
        return any(cleaned == getattr(each, name) for each in self._shown)

    def _offer_prisoners(self, campaign: Campaign, stories: Callable[[], list[Prisoner]]) -> None:
        """Any of them may be chosen; the first in turn is, as long as nothing was answered."""
        nameable = campaign.prisoners.nameable()
        if not nameable.exists():
            del self.fields["prisoner"]
            return
        self.fields["prisoner"].queryset = nameable
        if not self.is_bound and "prisoner" not in self.initial:
            self.initial["prisoner"] = stories()[0].pk

    @cached_property
    def chosen_prisoner(self) -> Prisoner | None:
        """Whose story is ticked, of those that may be told."""
        if "prisoner" not in self.fields:
            return None
        ticked = str(self["prisoner"].value() or "")
        known = self.fields["prisoner"].queryset
        return known.filter(pk=ticked).first() if ticked.isdecimal() else None

    @cached_property
    def known_texts(self) -> list[str]:
        """Whatever is not this supporter's own."""
        return campaign_texts(appeal=self._appeal, day=self.day)

    @property
    def likeness(self) -> Likeness:
        """Of what stands in the form, right or wrong."""
        written = [self[name].value() or "" for name in ("own_words", "statement")]
        return likeness(written, known=self.known_texts)

    @property
    def wants_prompts(self) -> bool:
        """They have just taken a sentence, or wrote what no office can read."""
        own = self["own_words"]
        return bool(own.errors or BLANK.search(own.value() or ""))

    @property
    def shows_statement(self) -> bool:
        """Folded while it is the organizations' own, and right."""
        statement = self["statement"]
        untouched = self._is_untouched("statement", statement.value())
        return bool(statement.errors) or not untouched

    @property
    def can_be_restored(self) -> bool:
        """Whether they have changed or emptied what they were offered."""
        offered = ("subject", "statement")
        return not all(self._is_untouched(name, self[name].value()) for name in offered)

    def clean(self):
        cleaned = super().clean()
        own, statement = cleaned.get("own_words"), cleaned.get("statement")
        if own == "" and statement == "":
            self.add_error(
                "own_words", _("Your letter is empty. Write something, or keep the statement.")
            )
        self._check_fields()
        if not self.errors:
            self._check_offices()
        return cleaned

    def _check_fields(self) -> None:
        for name in ("own_words", "statement"):
            over = len(self.cleaned_data.get(name) or "") - LONGEST_TEXT
            if over > 0:
                self.add_error(name, too_long(LONGEST_TEXT, over))

    def _check_offices(self) -> None:
        """Asks each channel for its parts: it knows what it adds, and what it takes."""
        parts = [
            (len(part.text) - each.way.channel.text_limit, each.way.channel.text_limit, part)
            for each in self._preview(self.text())
            if each.way.channel.text_limit
            for part in each.parts
        ]
        over, limit, part = max(parts, key=lambda each: each[0], default=(0, 0, None))
        if over > 0:
            self.add_error(self._to_shorten(part), _too_long_for_an_office(limit, over))

    def _to_shorten(self, part: Part) -> str:
        """The longest of the fields that stand in the part; it may hold rendered text alone."""
        texts = {name: self.cleaned_data[name] for name in ("own_words", "statement")}
        inside = [name for name, text in texts.items() if text and text in part.text]
        return max(inside, key=lambda name: len(texts[name]), default="statement")

    def text(self) -> Text:
        subject, statement = self.cleaned_data["subject"], self.cleaned_data["statement"]
        edited = not self._is_untouched("statement", statement)
        return Text(
            own_words=self.cleaned_data["own_words"],
            subject=None if self._is_untouched("subject", subject) else subject,
            statement=statement if edited else None,
            frozen_on=self.day if edited else None,
            prisoner=self.cleaned_data.get("prisoner"),
        )


def fresh_texts(appeal: Appeal, day: date) -> Shown:
    """The appeal's texts as the form's own fields give them back: else they would count as edited.

    `day` is the one that days are counted to.
    """
    texts = {
        name: LetterForm.base_fields[name].to_python(
            fill(getattr(appeal, name), appeal=appeal, on=day)
        )
        for name in ("subject", "statement")
    }
    return Shown(appeal=appeal.pk, **texts)


def _too_long_for_an_office(limit: int, over: int) -> str:
    return ngettext(
        "Too long for an office you chose: it takes %(limit)s characters, with salutation and "
        "story. Please shorten your letter by %(over)s.",
        "Too long for an office you chose: it takes %(limit)s characters, with salutation and "
        "story. Please shorten your letter by %(over)s.",
        over,
    ) % {
        "limit": number_format(limit, force_grouping=True),
        "over": number_format(over, force_grouping=True),
    }
