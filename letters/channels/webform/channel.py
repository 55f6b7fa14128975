"""An office's contact form, filled in as its recipe says."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from letters.channels.interface import (
    Channel,
    ChannelError,
    Envelope,
    NeedsSupporter,
    Office,
    Part,
    Question,
    Uncertain,
)
from letters.channels.webform.asking import questions
from letters.channels.webform.browser import BrowserEngine
from letters.channels.webform.chromium import available
from letters.channels.webform.egress import Allowed, egress
from letters.channels.webform.engine import Engine, FormChanged, Landing, Look
from letters.channels.webform.evidence import evidence_of
from letters.channels.webform.filling import lay_out, parts, preview
from letters.channels.webform.homing import at_home
from letters.channels.webform.plain import PlainEngine
from letters.channels.webform.recipe import By, Form, Plan, Recipe
from letters.states import Reason


class WebformChannel(Channel):
    """Fills in members' contact forms, by plain requests or in a browser, one letter at a time.

    `stand_in` is the address under which the rehearsal Congress serves each form (with the
    bioguide id after it), or empty: then the offices' own pages are used. A form does not know our
    key: what may have arrived is never sent again by itself.
    """

    label = _("The office's contact form")
    accepted_words = _("Accepted by the office's contact form")
    identity_words = _("Your name and address go into the form's own fields.")
    one_at_a_time = True
    subject_is_a_part = True

    def __init__(self, *, name: str, stand_in: str = "", per_hour: int = 0, seconds: float = 55):
        super().__init__(name=name)
        self.per_hour, self.seconds = per_hour, seconds
        self._stand_in = stand_in
        self._plain, self._browser = PlainEngine(), BrowserEngine()

    def obstacle(self, office: Office) -> str:
        if office.form is None:
            return Reason.FORM_UNKNOWN
        if office.form.recipe.needs_a_person:
            return Reason.CAPTCHA
        if office.form.by == By.BROWSER and not available():
            return Reason.NO_BROWSER
        return office.form.obstacle

    def destination(self, office: Office) -> str:
        return office.form.recipe.host if office.form else self.name

    def questions(self, envelope: Envelope) -> tuple[Question, ...]:
        recipe = envelope.form.recipe
        # Looked into, a letter that was only promised is written: its copy is a letter.
        return questions(recipe, copy(envelope))

    def parts(self, envelope: Envelope) -> tuple[Part, ...]:
        """Also before the form's questions are answered."""
        return preview(envelope.form.recipe, envelope)

    def limit(self, envelope: Envelope) -> int | None:
        return envelope.form.recipe.text_limit

    def compose(self, envelope: Envelope) -> str:
        """The plan: each field with what will stand in it."""
        recipe = envelope.form.recipe
        plan = lay_out(recipe, envelope)
        if self._stand_in:
            plan = at_home(plan, self._page(recipe))
        return plan.as_text()

    def parts_of(self, submission: str) -> tuple[Part, ...]:
        return parts(Plan.from_text(submission))

    def send(self, submission: str, *, envelope: Envelope, begin: Callable[..., None]) -> str:
        """Without a reference: a form gives none."""
        plan = Plan.from_text(submission)
        with egress(self._allowed(envelope.form.recipe)) as way:
            landing, leaving = self._submit(plan, envelope.form, way.url, begin)
            refused = tuple(f"not let through: {host}" for host in way.refused)
        if landing.succeeded:
            return ""
        landing = replace(landing, log=(*landing.log, *refused))
        raise Uncertain(Reason.FORM_UNCLEAR, evidence=evidence_of(landing, plan=leaving))

    def look(self, recipe: Recipe, envelope: Envelope) -> Look:
        """What of the live page does not fit the recipe; nothing is submitted, and of `envelope`,
        which is no real letter, nothing leaves. Raises Unavailable where there is no page."""
        plan = Plan.from_text(self.compose(envelope))
        engine = self._engines(recipe.by)[-1]
        with egress(self._allowed(recipe)) as way:
            return engine.look(plan, proxy=way.url, seconds=self.seconds)

    def _submit(
        self, plan: Plan, form: Form, proxy: str, begin: Callable[..., None]
    ) -> tuple[Landing, Plan]:
        """By the first engine that finds the page as the recipe says; and the plan as it left."""
        left = [plan]
        log = []
        for engine in self._engines(form.by):

            def begin_as(leaving: Plan, how: By = engine.by) -> None:
                left.append(leaving)
                begin(how=how.value, text=leaving.as_text())

            try:
                landing = engine.submit(plan, proxy=proxy, seconds=self.seconds, begin=begin_as)
            except FormChanged as error:
                log.append(f"{engine.by.value}: {error}")
            except ChannelError as error:
                # What `begin` says no to tells nothing of the form.
                if left == [plan]:
                    error.how = engine.by.value
                raise
            else:
                return landing, left[-1]
        raise NeedsSupporter(
            Reason.FORM_CHANGED,
            evidence=evidence_of(Landing(succeeded=False, log=tuple(log)), plan=plan),
            how=form.by.value,
        )

    def _engines(self, by: By) -> list[Engine]:
        """What a plain request finds changed a browser may still be able to fill in."""
        known = [self._plain] if by == By.PLAIN else []
        return known + ([self._browser] if available() else [])

    def _page(self, recipe: Recipe) -> str:
        return f"{self._stand_in}{recipe.bioguide}/"

    def _allowed(self, recipe: Recipe) -> Allowed:
        if self._stand_in:
            return Allowed.rehearsal(self._stand_in)
        return Allowed.office(recipe.host)
