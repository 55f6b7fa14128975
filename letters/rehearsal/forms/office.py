"""Whose form it is, and how it stands today."""

from dataclasses import dataclass

from letters.channels.webform.recipe import Recipe
from letters.models import ContactForm, Mood, Receiver
from letters.rehearsal.forms.describing import form_of
from letters.rehearsal.forms.form import OfficeForm
from representatives.models import Term


@dataclass(frozen=True)
class Office:
    """An office that has a form; `code` is its seat's."""

    code: str
    title: str
    form: OfficeForm


def office_of(bioguide: str) -> Office | None:
    """None: there is no recipe for that member. Raises CannotBuild."""
    kept = ContactForm.objects.filter(member_id=bioguide).exclude(recipe=None).first()
    if kept is None:
        return None
    term = Term.objects.filter(member_id=bioguide).order_by("-start").first()
    has_changed = mood_of_forms() == Mood.Kind.FORM_CHANGED
    return Office(
        code=term.seat_id if term else bioguide,
        title=f"Write to {kept.member.official_name}",
        form=form_of(Recipe.from_json(kept.recipe), has_changed=has_changed),
    )


def mood_of_forms() -> str:
    """How all offices' forms answer today; empty where no organizer has said anything."""
    kind = Mood.objects.filter(receiver=Receiver.FORM).values_list("kind", flat=True).first()
    return kind or ""
