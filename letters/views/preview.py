"""What each office will receive, exactly: between the letter and the one who writes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from campaign.models import Campaign
from letters.composing import Text
from letters.journey import Journey
from letters.naming import office_name
from letters.previewing import Preview
from letters.question_form import questions_of
from letters.views.letter import previews_of, written_text
from letters.views.screens import screen
from letters.views.you import form_of


@screen("you")
def page(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    text = written_text(campaign, journey)
    if text is None:
        return redirect("letter", campaign.slug)
    shown = _as_answered(campaign, journey, text)
    context = {"campaign": campaign, "previews": [(office_name(each.seat), each) for each in shown]}
    return render(request, "letters/preview.html", context)


def _as_answered(campaign: Campaign, journey: Journey, text: Text) -> list[Preview]:
    """The ways that are left once the last screen is filled in; before, those that may ask."""
    shown = previews_of(campaign, journey, text)
    form = form_of(campaign, journey, questions_of(shown), journey.typed("you"))
    if not form.is_valid():
        return shown
    person = form.person(journey.address, state=journey.seats.states[0])
    return previews_of(campaign, journey, text, person=person)
