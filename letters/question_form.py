"""What the ways to the chosen offices must be told: each thing once, and each may be declined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from letters.channels.cwc import PREFIXES
from letters.channels.interface import Ask, Question
from letters.channels.webform.menus import same_title
from letters.fields import CHOICE_IS_GONE, CappedProseField, EnglishSelect, LineField, PhoneField
from letters.previewing import Preview

# Chosen, not overlooked: their gateway letters become hand-offs.
NO_TITLE = "none"
# The answers that Identity has fields for; any other belongs to one office.
OF_ALL_OFFICES = {"prefix", "phone"}

# What else one office may ask: the field's name, and why it is asked.
OWN_WORDS = {
    "prefix": (
        _("Title in %(name)s's form"),
        _("This office's form has titles of its own, and not the one above."),
    ),
    "topic": (
        _("Topic in %(name)s's form"),
        _("This office's form has topics of its own. Choose the one that comes nearest."),
    ),
    "county": (
        _("County, for %(name)s's form (optional)"),
        _(
            "This office's form asks for the county that you live in. Leave it empty, and you "
            "finish that letter yourself."
        ),
    ),
    "zip4": (
        _("ZIP+4, for %(name)s's form (optional)"),
        _(
            "Four more digits after your ZIP code, which this office's form asks for. Leave it "
            "empty, and you finish that letter yourself."
        ),
    ),
}


@dataclass(frozen=True)
class Asked:
    """A question, and the member whose office asks it."""

    question: Question
    member: str

    @property
    def field_name(self) -> str:
        """The question's name, as HTML takes it for an id."""
        return self.question.name.replace(" ", "-")


def questions_of(previews: Iterable[Preview]) -> list[Asked]:
    """All that must be asked before these letters can go."""
    return [
        Asked(question, preview.member.official_name)
        for preview in previews
        for question in preview.questions
    ]


def own_fields(asked: Iterable[Asked]) -> dict[str, forms.Field]:
    """Name → field, for all that one office may ask alone. Left empty, it is declined."""
    return {
        each.field_name: _own_field(each)
        for each in asked
        if each.question.name not in OF_ALL_OFFICES
    }


def _own_field(asked: Asked) -> forms.Field:
    if asked.question.ask == Ask.TEXT and _about(asked) == "text":
        return _short_letter(asked)
    label, why = OWN_WORDS[_about(asked)]
    shared = {"label": label % {"name": asked.member}, "required": False, "help_text": why}
    if asked.question.ask == Ask.TEXT:
        return LineField(max_length=asked.question.limit, **shared)
    return forms.ChoiceField(
        choices=[("", _("I'll finish that letter myself"))]
        + [(each, each.strip()) for each in dict.fromkeys(asked.question.choices)],
        widget=EnglishSelect(ours=("",)),
        error_messages=CHOICE_IS_GONE,
        **shared,
    )


def _about(asked: Asked) -> str:
    """What it asks for: the name without the seat."""
    return asked.question.name.split()[0]


def _short_letter(asked: Asked) -> forms.Field:
    limit = asked.question.limit
    return CappedProseField(
        label=_("Short letter to %(name)s (optional)") % {"name": asked.member},
        limit=limit,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=ngettext(
            "This office's form takes %(limit)s character at most, and your letter is longer. "
            "What you write here goes there instead, word for word. Leave it empty, and you "
            "finish that letter yourself in the official form.",
            "This office's form takes %(limit)s characters at most, and your letter is longer. "
            "What you write here goes there instead, word for word. Leave it empty, and you "
            "finish that letter yourself in the official form.",
            limit,
        )
        % {"limit": number_format(limit, force_grouping=True)},
    )


def wording(title: str, menu: Iterable[str]) -> str:
    """The menu's own spelling of a title (`Mr` of `Mr.`); empty where it has none."""
    return next((entry for entry in menu if same_title(entry, title)), "")


def titles_for(questions: Sequence[Question]) -> tuple[str, ...]:
    """The gateways' titles; without a gateway those that all the forms have."""
    for question in questions:
        if question.name == "prefix" and question.choices:
            return question.choices
    menus = [question.choices for question in questions if question.choices] or [PREFIXES]
    return tuple(title for title in menus[0] if all(wording(title, menu) for menu in menus))


class QuestionForm(forms.Form):
    """Title and phone are asked once for all offices; the rest is one office's alone.

    A title that an office's own menu lacks is asked for again, in that menu's words. What the page
    has not shown yet (a form may have changed since) counts as open, not as declined.
    """

    prefix_title = forms.ChoiceField(
        label=_("Title"),
        widget=EnglishSelect({"autocomplete": "honorific-prefix"}, ours=("", NO_TITLE)),
        error_messages=CHOICE_IS_GONE | {"required": _("Choose a title, or “None of these”.")},
    )
    phone = PhoneField(
        label=_("Phone (optional)"),
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel-national"}),
    )

    def __init__(self, *args, asked: Sequence[Asked], **kwargs):
        super().__init__(*args, **kwargs)
        self._asked = asked
        self._ask_title([each for each in asked if each.question.ask == Ask.PREFIX])
        self._ask_phone([each for each in asked if each.question.ask == Ask.PHONE])
        self._own = own_fields(each for each in asked if self._is_open(each.question))
        self.fields |= self._own

    @property
    def own_questions(self) -> list[BoundField]:
        """What single offices ask, as far as nothing above answers it."""
        return [self[name] for name in self._own]

    def _ask_title(self, asked: list[Asked]) -> None:
        titles = self._titles = titles_for([each.question for each in asked])
        if not asked or not titles:
            del self.fields["prefix_title"]
            return
        field = self.fields["prefix_title"]
        field.choices = [
            ("", _("Choose one")),
            *((each, each.strip()) for each in titles),
            (NO_TITLE, _("None of these")),
        ]
        field.help_text = (
            _(
                "Asked for by: %(names)s. Where an office has other titles, “None of these” shows "
                "them to you; elsewhere you then finish that letter yourself in the official form."
            )
            if any(self._has_more(each.question) for each in asked)
            else _(
                "Asked for by: %(names)s. No other title is taken there; with “None of these” you "
                "finish that letter yourself in the official form."
            )
        ) % {"names": _names(asked)}

    def _ask_phone(self, asked: list[Asked]) -> None:
        if not asked:
            del self.fields["phone"]
            return
        self.fields["phone"].help_text = _(
            "With a US number we send your letter for you to: %(names)s. Without it you finish it "
            "there yourself, in the official form."
        ) % {"names": _names(asked)}

    @property
    def _title(self) -> str:
        """As it stands in the form, right or wrong."""
        return self["prefix_title"].value() or "" if "prefix_title" in self.fields else NO_TITLE

    def _has_more(self, question: Question) -> bool:
        return any(not wording(entry, self._titles) for entry in question.choices)

    def _is_open(self, question: Question) -> bool:
        """The title answers most menus: all that have it, in whatever spelling."""
        if question.ask != Ask.PREFIX:
            return True
        if self._title == NO_TITLE:
            return self._has_more(question)
        chosen_elsewhere = self._title and not wording(self._title, question.choices)
        return bool(question.choices and chosen_elsewhere)

    def clean(self):
        cleaned = super().clean()
        for name in {"phone", *self._own} & set(self.fields) - set(self.data):
            who = _names(each for each in self._asked if each.field_name == name)
            self.add_error(
                name,
                _(
                    "Asked for by: %(names)s. Answer it, or leave it as it is: you then finish "
                    "that letter yourself."
                )
                % {"names": who},
            )
        return cleaned

    def answers(self) -> dict[str, str]:
        """What single offices are told, by the names of their questions; nothing where declined."""
        said = {
            each.question.name: self._answer(each)
            for each in self._asked
            if each.question.name not in OF_ALL_OFFICES
        }
        return {name: answer for name, answer in said.items() if answer}

    def _answer(self, asked: Asked) -> str:
        own = self.cleaned_data.get(asked.field_name, "")
        if own or asked.question.ask != Ask.PREFIX:
            return own
        menu = asked.question.choices
        return wording(self.title, menu) if menu else self.title

    @property
    def title(self) -> str:
        """The one that they chose; empty for none."""
        title = self.cleaned_data.get("prefix_title", "")
        return "" if title == NO_TITLE else title


def _names(asked: Iterable[Asked]) -> str:
    return ", ".join(dict.fromkeys(each.member for each in asked))
