"""Recipes as their authors write them: short ones of our own, with what a test wants in them."""

from letters.channels.webform.intake.linting import Reading, read_recipe
from letters.channels.webform.recipe import Kind, Step

MEMBER = "Z000001"
MESSAGE = '- fill_in: [{selector: "#message", value: $MESSAGE, required: true}]'
FIELD = '- fill_in: [{{selector: "{selector}", value: "{value}", required: {required}}}]'
CLICK = '- click_on: [{selector: "#submit"}]'


def script(text: str) -> str:
    """A step that runs a script."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'- javascript: [{{value: "{quoted}"}}]'


def make_yaml(
    *before: str,
    after: tuple[str, ...] = (),
    last: tuple[str, ...] = (),
    visit: str = "https://www.example.senate.gov/contact",
    bioguide: str = MEMBER,
    success: str = "Thank you",
) -> str:
    """A whole recipe: visit, `before`, the message, `after`, the click, `last`."""
    steps = [f'- visit: "{visit}"', *before, MESSAGE, *after, CLICK, *last]
    lines = [f"bioguide: {bioguide}", "contact_form:", "  method: post", "  steps:"]
    lines += [f"    {step}" for step in steps]
    lines += ["  success:", "    body:", f'      contains: "{success}"']
    return "\n".join(lines) + "\n"


def read(text: str | bytes, name: str = MEMBER) -> Reading:
    return read_recipe(name, text if isinstance(text, bytes) else text.encode())


def read_with(*before: str, **how) -> Reading:
    """What is made of a recipe with these steps in it."""
    return read(make_yaml(*before, **how))


def steps_of(reading: Reading, kind: Kind) -> list[Step]:
    return [step for step in reading.recipe.steps if step.kind == kind]


def step_of(reading: Reading, kind: Kind) -> Step:
    """The first of its kind."""
    return steps_of(reading, kind)[0]
