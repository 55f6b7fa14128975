"""Whatever a file has in it, it becomes a recipe or a reason."""

import json

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.channels.webform.intake.idioms import Idiom, understand
from letters.channels.webform.intake.linting import read_recipe
from letters.channels.webform.intake.reading import Quarantined
from letters.channels.webform.recipe import Recipe
from tests.letters.channels.webform.writing import MEMBER, make_yaml, script

WHOLE = make_yaml(
    "- wait: [{value: 0.5}]",
    script("document.querySelector('.a').innerHTML = '<form action=\"/x\"><input id=b></form>'"),
    '- select: [{name: a, selector: "#t", value: $TOPIC, options: {Foreign Affairs: FA, O: 1}}]',
    '- choose: [{selector: "[name=p]", value: $NAME_PREFIX, options: [Mr., Ms.]}]',
    '- check: [{selector: "#newsletter", value: "Yes"}]',
    after=(script("el = document.querySelector('#message'); el.value = el.value.substr(0, 3)"),),
    last=("- find: [{selector: h1, value: Thank}]",),
)
LEAVES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["$MESSAGE", "$EMAIL", "$X", "#a", "a[", "true", "US_STATES", "https://www.senate.gov/"]
        + ["//evil.example", "grecaptcha.reset()", "$('#a').val('x')", "9" * 5000, "(", "\ud7ff"]
    ),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                [
                    "bioguide",
                    "contact_form",
                    "steps",
                    "visit",
                    "fill_in",
                    "select",
                    "choose",
                    "check",
                    "uncheck",
                    "click_on",
                    "find",
                    "wait",
                    "javascript",
                    "recaptcha",
                    "name",
                    "selector",
                    "value",
                    "required",
                    "options",
                    "success",
                    "body",
                    "contains",
                    "matches",
                    "max_length",
                ]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=25,
)
MANY = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def becomes_a_recipe_or_a_reason(content: bytes) -> bool:
    try:
        recipe = read_recipe(MEMBER, content).recipe
    except Quarantined as reason:
        assert str(reason).endswith((".", "?"))
        return False
    kept = json.loads(json.dumps(recipe.as_json(), ensure_ascii=False).encode())
    assert Recipe.from_json(kept) == recipe
    return True


def test_the_whole_recipe_is_one():
    assert becomes_a_recipe_or_a_reason(WHOLE.encode())


@MANY
@given(st.binary(max_size=300))
def test_random_bytes(content):
    assert not becomes_a_recipe_or_a_reason(content)


@MANY
@given(st.integers(0, len(WHOLE)), st.integers(0, 30), st.binary(max_size=12))
def test_a_recipe_with_a_piece_replaced(at, length, piece):
    content = WHOLE.encode()
    becomes_a_recipe_or_a_reason(content[:at] + piece + content[at + length :])


@MANY
@given(st.lists(TREES, max_size=4), TREES)
def test_a_recipe_with_steps_of_any_shape(steps, success):
    whole = yaml.safe_load(WHOLE)
    whole["contact_form"]["steps"][1:1] = steps
    whole["contact_form"]["success"] = success
    becomes_a_recipe_or_a_reason(yaml.safe_dump(whole, allow_unicode=True).encode())


@MANY
@given(TREES)
def test_a_file_of_any_shape(tree):
    becomes_a_recipe_or_a_reason(yaml.safe_dump(tree, allow_unicode=True).encode())


PIECES = [
    "document.querySelector('#a')",
    ".value",
    "=",
    "+=",
    ".replace(",
    "/a/g",
    "/(/",
    "/[/",
    "'",
    '"',
    "`",
    ")",
    "(",
    "{",
    "}",
    "[",
    "]",
    ";",
    ",",
    ".",
    "?.",
    "&&",
    "if",
    "try",
    "catch",
    "function",
    "=>",
    "new",
    "var",
    "el",
    "return",
    ".click()",
    ".innerHTML",
    ".style",
    "0",
    "-1",
    "$('#a')",
    "\\",
    "\n",
    "forEach",
    "call",
    "setTimeout",
    "grecaptcha",
    ".substr(3)",
    "+",
    "!",
    "'\\ud83d'",
    "/*",
    "//",
]


@MANY
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["", " "]))
def test_a_script_of_any_words(pieces, between):
    effects = understand(between.join(pieces))

    assert effects
    assert all(isinstance(effect.idiom, Idiom) for effect in effects)


@MANY
@given(st.text(max_size=80))
def test_a_script_of_any_letters(text):
    assert understand(text)
