"""What an office's form is: its pages, fields and buttons; values only."""

from dataclasses import dataclass, replace
from enum import StrEnum

from letters.channels.webform.recipe import Option
from letters.rehearsal.forms.selecting import Path
from letters.rehearsal.forms.styles import Style


class Control(StrEnum):
    """What a person fills in."""

    LINE = "line"
    TEXT = "text"
    MENU = "menu"
    BUTTONS = "buttons"
    BOX = "box"


@dataclass(frozen=True)
class Field:
    """One question of the form."""

    name: str
    label: str
    control: Control
    path: Path
    # The recipe's `$VARIABLE` that belongs here; empty where it names a literal.
    meaning: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    limit: int | None = None
    # Of a box: what it sends, and whether it is ticked already.
    value: str = ""
    ticked: bool = False
    # A box that nobody may tick for the supporter.
    is_newsletter: bool = False

    @property
    def renamed(self) -> "Field":
        """The same after its office has rebuilt the form: no selector of old finds it."""
        leaf = replace(self.path[-1].compound, id="changed-field", classes=(), attributes=())
        return replace(self, name="changed_field", path=(replace(self.path[-1], compound=leaf),))


@dataclass(frozen=True)
class Button:
    """What leads to the next page, or sends the letter."""

    path: Path
    caption: str


@dataclass(frozen=True)
class Page:
    """The fields that are seen together, what else a recipe looks for there, and the way on."""

    fields: tuple[Field, ...]
    button: Button
    landmarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """Something that is seen only when the letter has arrived."""

    path: Path
    text: str = ""


@dataclass(frozen=True)
class OfficeForm:
    """The form of one office."""

    bioguide: str
    style: Style
    pages: tuple[Page, ...]
    charset: str = "utf-8"
    # The text and the elements of the page that says thank you.
    thanks: str = ""
    found: tuple[Found, ...] = ()
    # Elements that recipes put a form of their own into; the form lies there from the start.
    mounts: tuple[Path, ...] = ()
    # It comes only when a script has run; it is sent only by a script.
    is_built_by_script: bool = False
    is_sent_by_script: bool = False
    asks_for_a_person: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for page in self.pages for field in page.fields)

    @property
    def has_hidden_parts(self) -> bool:
        """A form that recipes bring along bears no token of a visit."""
        return not self.mounts
