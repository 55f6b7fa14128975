"""Contact forms in the admin: how each one does, and whether letters may go by it."""

from django.contrib import admin, messages

from letters.channels.webform.recipe import By, Recipe
from letters.models import ContactForm
from letters.standing import Health, close_form, health_of, obstacle_of, open_form
from letters.states import Reason
from letters.waking import wake_workers
from representatives.congress import lookup_day
from representatives.models import Term

BY = {By.PLAIN: "plain request", By.BROWSER: "browser", By.PERSON: "a person"}


@admin.register(ContactForm)
class ContactFormAdmin(admin.ModelAdmin):
    """Recipes come by command; a person opens a form, closes it, or lets it try again."""

    list_display = [
        "member",
        "seat",
        "filled_in_by",
        "standing",
        "accepted",
        "bad",
        "opened_at",
        "looked_at",
        "changed_at",
    ]
    list_filter = ["opened_at", "looked_at", "changed_at"]
    list_per_page = 120
    list_select_related = ["member"]
    ordering = ["member__last_name"]
    search_fields = ["member__last_name", "member__bioguide"]
    actions = ["open", "close"]
    fields = [
        "member",
        "page",
        "filled_in_by",
        "why",
        "standing",
        "accepted",
        "bad",
        "opened_at",
        "opened_by",
        "looked_at",
        "trouble",
        "charset",
        "quarantine",
        "revision",
        "changed_at",
    ]
    readonly_fields = fields

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, form=None) -> bool:
        return False

    def get_queryset(self, request):
        forms = super().get_queryset(request)
        self._health = {}
        self._seats = dict(Term.objects.sitting(lookup_day()).values_list("member_id", "seat_id"))
        return forms

    def health(self, form: ContactForm) -> Health:
        """Of all forms at once, at the first that is asked for."""
        if form.pk not in self._health:
            self._health = health_of(list(ContactForm.objects.all()))
        return self._health[form.pk]

    @admin.display(description="seat")
    def seat(self, form: ContactForm) -> str:
        return self._seats.get(form.pk, "holds no seat")

    @admin.display(description="filled in by")
    def filled_in_by(self, form: ContactForm) -> str:
        return BY[_recipe(form).by] if form.recipe else "nobody: no good recipe"

    @admin.display(description="page")
    def page(self, form: ContactForm) -> str:
        return _recipe(form).url if form.recipe else ""

    @admin.display(description="why not by a plain request")
    def why(self, form: ContactForm) -> str:
        return _recipe(form).why if form.recipe else ""

    @admin.display(description="today")
    def standing(self, form: ContactForm) -> str:
        if form.recipe is None:
            return f"quarantined: {form.quarantine}"
        if _recipe(form).by == By.PERSON:
            return str(Reason.CAPTCHA.label)
        reason = obstacle_of(form, self.health(form))
        if reason:
            return str(Reason(reason).label)
        return "takes its first letter" if self.health(form).is_on_trial else "takes letters"

    @admin.display(description="accepted")
    def accepted(self, form: ContactForm) -> int:
        return self.health(form).accepted

    @admin.display(description="not accepted")
    def bad(self, form: ContactForm) -> int:
        return self.health(form).bad

    @admin.action(description="Open for letters (the first one goes alone)", permissions=["change"])
    def open(self, request, forms) -> None:
        opened = [form for form in forms if form.recipe and _recipe(form).by != By.PERSON]
        for form in opened:
            open_form(form, by=request.user.get_username())
            self.log_change(request, form, "opened for letters")
        wake_workers()
        left = len(forms) - len(opened)
        self.message_user(request, f"{len(opened)} opened for letters.", messages.SUCCESS)
        if left:
            sentence = f"{left} not opened: only a person can finish those forms."
            self.message_user(request, sentence, messages.WARNING)

    @admin.action(description="Close: letters become hand-offs", permissions=["change"])
    def close(self, request, forms) -> None:
        for form in forms:
            close_form(form)
            self.log_change(request, form, "closed")
        self.message_user(request, f"{len(forms)} closed.", messages.SUCCESS)


def _recipe(form: ContactForm) -> Recipe:
    return Recipe.from_json(form.recipe)
