"""Screen 2 of 3: the letter."""

from functools import partial
from operator import attrgetter

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from campaign.models import Appeal, Campaign, Identity, Prisoner, Prompt
from letters.composing import Text
from letters.disclosing import disclosed
from letters.journey import Journey
from letters.letter_form import LONGEST_TEXT, LetterForm
from letters.previewing import Preview, previews
from letters.stories import AT_ONCE, in_turn, some_of
from letters.views.refusing import form_for, refuse
from letters.views.screens import screen
from representatives.congress import lookup_day
from representatives.models import Term


@screen("letter")
def page(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    form = form_for(request, partial(_form, campaign, journey))
    if request.method == "GET":
        journey.keep_shown(form.fresh)
        return _show(request, campaign, journey, form)
    if prompt := campaign.prompts.filter(key=request.POST.get("insert", "")).first():
        journey.keep("letter", _with(prompt, request.POST), fields=form.fields)
        return redirect(f"{request.path}#id_own_words")
    if "restore" in request.POST:
        journey.keep("letter", request.POST, fields=form.fields.keys() - {"subject", "statement"})
        return redirect(f"{request.path}#id_subject")
    journey.keep("letter", request.POST, fields=form.fields)
    if "back" in request.POST:
        return redirect("offices", campaign.slug)
    if "others" in request.POST:
        journey.turn_stories()
        return redirect(f"{request.path}#id_prisoner")
    if not form.is_valid():
        return refuse(request, form)
    text, appeal = form.text(), campaign.current_appeal
    if journey.warn_of(disclosed(text, appeal=appeal, day=form.day)):
        return redirect(request.path)
    journey.keep_text(text, appeal=appeal)
    journey.settle("letter")
    return redirect("preview" if "preview" in request.POST else "you", campaign.slug)


def _with(prompt: Prompt, typed: QueryDict) -> QueryDict:
    """What was typed, and the sentence after it."""
    data = typed.copy()
    data["own_words"] = f"{data.get('own_words', '').rstrip()} {prompt.sentence}".lstrip()
    return data


def written_text(campaign: Campaign, journey: Journey) -> Text | None:
    """The letter of the second screen; None if it has become invalid since."""
    if text := journey.text(appeal=campaign.current_appeal):
        return text
    form = _form(campaign, journey, journey.typed("letter"))
    return form.text() if form.is_valid() else None


def previews_of(
    campaign: Campaign, journey: Journey, text: Text, *, person: Identity | None = None
) -> list[Preview]:
    """What each chosen office will receive; names stand in where they are not known yet."""
    return previews(
        appeal=campaign.current_appeal,
        text=text,
        person=person or _stand_in(journey),
        seats=_seats_and_members(journey),
        validated=all(seat.resolved_by != "choice" for seat in journey.chosen_seats),
        has_answered=person is not None,
    )


def _form(campaign: Campaign, journey: Journey, data) -> LetterForm:
    """Compared with all that the form has shown since it was opened first."""
    return LetterForm(
        data,
        initial=journey.initial("letter", LetterForm.base_fields),
        campaign=campaign,
        day=journey.letter_day(lookup_day()),
        shown=journey.shown,
        preview=partial(previews_of, campaign, journey),
        stories=partial(_stories, campaign, journey),
    )


def _stories(campaign: Campaign, journey: Journey) -> list[Prisoner]:
    return in_turn(campaign=campaign, seats=journey.codes, seed=journey.form_token)


def _show(request, campaign: Campaign, journey: Journey, form: LetterForm) -> HttpResponse:
    appeal: Appeal = campaign.current_appeal
    offices = [each for each in previews_of(campaign, journey, Text()) if each.room is not None]
    narrowest = min(offices, key=attrgetter("room"), default=None)
    others = [each for each in _stories(campaign, journey) if each != form.chosen_prisoner]
    context = {
        "campaign": campaign,
        "form": form,
        "warning": journey.take_warning(),
        "prompts": campaign.prompts.all(),
        "stories": some_of(others, page=journey.story_page),
        "has_more_stories": len(others) > AT_ONCE,
        "is_choosing_story": bool(journey.story_page or form.errors.get("prisoner")),
        "narrowest": narrowest,
        "limit": narrowest.room if narrowest else LONGEST_TEXT,
        "appeal": appeal,
        "facts_to_review": appeal.facts.to_be_reviewed().exists(),
        "signing": campaign.signing_organizations,
    }
    return render(request, "letters/letter.html", context)


def _stand_in(journey: Journey) -> Identity:
    address, typed = journey.address, journey.typed("you")
    return Identity(
        first_name=typed.get("first_name") or _("(your first name)"),
        last_name=typed.get("last_name") or _("(your last name)"),
        email=typed.get("email") or _("(your e-mail)"),
        street=address.street,
        city=address.city,
        state=journey.seats.states[0],
        zip=address.zip,
        zip4=address.zip4,
    )


def _seats_and_members(journey: Journey):
    """Without a seat that has become vacant meanwhile."""
    codes = [seat.code for seat in journey.chosen_seats]
    sitting = Term.objects.sitting(lookup_day()).filter(seat__in=codes).select_related("seat")
    found = {term.seat_id: (term.seat, term.member) for term in sitting}
    return [found[code] for code in codes if code in found]
