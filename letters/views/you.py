"""Screen 3 of 3: who they are and what they allow; then the letter is written."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.models import Campaign
from letters.composing import Text
from letters.journey import Journey
from letters.question_form import Asked, own_fields, questions_of
from letters.submission import Draft, NotOpen, submit_letter
from letters.views.letter import previews_of, written_text
from letters.views.refusing import form_for, refuse
from letters.views.screens import not_open, screen
from letters.you_form import YouForm, consent_boxes


@screen("you")
def page(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    text = written_text(campaign, journey)
    # Asked anew each time: a form may have changed since the page was shown.
    asked = [] if text is None else questions_of(previews_of(campaign, journey, text))
    form = form_for(request, partial(form_of, campaign, journey, asked))
    if request.method == "POST":
        journey.keep("you", request.POST, fields=form.fields)
    if text is None:
        journey.step_back_to("letter")
    if text is None or "back" in request.POST:
        return redirect("letter", campaign.slug)
    if request.method == "GET":
        return _show(request, campaign, journey, form)
    if "preview" in request.POST:
        return redirect("preview", campaign.slug)
    if not form.is_valid():
        return refuse(request, form)
    return _submit(request, campaign, journey, form, text)


def form_of(campaign: Campaign, journey: Journey, asked: Sequence[Asked], data) -> YouForm:
    """The form with these questions, filled in as far as it has been before."""
    return YouForm(
        data,
        initial=journey.initial("you", YouForm.base_fields | own_fields(asked)),
        boxes=lambda: consent_boxes(campaign, source=journey.source),
        asked=asked,
    )


def _submit(request, campaign, journey, form: YouForm, text: Text) -> HttpResponse:
    if journey.is_too_quick:
        quick = _("That was very quick. Nothing is lost: press the button once more.")
        return refuse(request, form, None, quick)
    if form.cleaned_data["fax_extension"]:
        # A program is told what everybody is told.
        journey.keep_letter(None)
        return redirect("confirm", campaign.slug)
    try:
        with transaction.atomic():
            journey.keep_letter(submit_letter(campaign=campaign, draft=_draft(journey, form, text)))
            # With the letter or not at all, and with one commit.
            request.session.save()
            request.session.modified = False
    except NotOpen:
        return not_open(request, campaign)
    return redirect("confirm", campaign.slug)


def _draft(journey: Journey, form: YouForm, text: Text) -> Draft:
    lookup, allowed = journey.seats, form.cleaned_data
    state = lookup.states[0]
    house = lookup.house[0].district if lookup.house else ""
    return Draft(
        form_token=journey.form_token,
        person=form.person(journey.address, state=state),
        state=state,
        district=house,
        congress=lookup.congress,
        seats=journey.chosen_seats,
        text=text,
        visibility=allowed["visibility"],
        may_be_quoted=allowed["may_be_quoted"],
        may_be_carried=allowed["may_be_carried"],
        organization_ids=tuple(allowed["organizations"]),
        source=journey.source,
        language=get_language(),
        seat_is_open=journey.seat_is_open,
    )


def _show(request, campaign: Campaign, journey: Journey, form: YouForm) -> HttpResponse:
    ticked = {str(value) for value in form["organizations"].value() or []}
    boxes = consent_boxes(campaign, source=journey.source)
    context = {
        "campaign": campaign,
        "form": form,
        "inviting": [box for box in boxes if box.inviting],
        "others": [box for box in boxes if not box.inviting],
        "ticked": {box.organization.pk for box in boxes if str(box.organization.pk) in ticked},
    }
    return render(request, "letters/you.html", context)
