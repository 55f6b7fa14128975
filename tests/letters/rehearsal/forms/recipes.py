"""Recipes as small as a test needs them."""

from dataclasses import replace

from letters.channels.webform.recipe import By, Kind, Option, Recipe, Step
from letters.models import ContactForm

# The senators of Wyoming: one page is of today, the other of the old character set.
MEMBER, OLD_MEMBER = "L000571", "B001261"
PLACE = Step(Kind.VISIT, value="https://www.example.senate.gov/contact")
FIRST = Step(Kind.FILL, "#input_2_2", "$NAME_FIRST", required=True)
LAST = Step(Kind.FILL, "#input_2_3", "$NAME_LAST", required=True)
STREET = Step(Kind.FILL, "#input_2_6_1", "$ADDRESS_STREET", required=True)
CITY = Step(Kind.FILL, "#input_2_6_3", "$ADDRESS_CITY", required=True)
STATE = Step(
    Kind.SELECT,
    "#input_2_6_4",
    "$ADDRESS_STATE_POSTAL_ABBREV",
    required=True,
    options=(
        Option("Michigan", "22_MI"),
        Option("Wyoming", "50_WY"),
        Option("-- Military --", "99_XX"),
    ),
)
ZIP = Step(Kind.FILL, "#input_2_6_5", "$ADDRESS_ZIP5", required=True)
PHONE = Step(Kind.FILL, "#input_2_7", "$PHONE", required=True)
EMAIL = Step(Kind.FILL, "#input_2_9", "$EMAIL", required=True)
EMAIL_AGAIN = Step(Kind.FILL, "#input_2_9_2", "$EMAIL", required=True)
TOPIC = Step(
    Kind.SELECT,
    "#input_2_17",
    "$TOPIC",
    required=True,
    options=(Option("Please select a topic", "none"), Option("Foreign Affairs", "FA")),
)
MESSAGE = Step(Kind.FILL, "#input_2_12", "$MESSAGE", required=True, max_length=500)
SUBMIT = Step(Kind.CLICK, "#gform_submit_button_2", required=True)
FIELDS = (FIRST, LAST, STREET, CITY, STATE, ZIP, PHONE, EMAIL, EMAIL_AGAIN, TOPIC, MESSAGE)

RECIPE = Recipe(MEMBER, (PLACE, *FIELDS, SUBMIT), success="Thank you for writing")


def make_recipe(*steps: Step, by: By = By.PLAIN, **changes) -> Recipe:
    """The usual form, or one of other steps."""
    return replace(RECIPE, steps=(PLACE, *(steps or (*FIELDS, SUBMIT))), by=by, **changes)


def make_office(recipe: Recipe = RECIPE) -> str:
    """The office serves that form; returns its address."""
    ContactForm.objects.update_or_create(
        member_id=recipe.bioguide, defaults={"recipe": recipe.as_json()}
    )
    return f"/rehearsal/forms/{recipe.bioguide}/"
