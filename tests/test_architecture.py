"""The shape of the code, as the README's map promises it."""

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from letters.channels import channels
from letters.channels.interface import Channel
from letters.routing import way_to
from representatives.models import Seat
from tests.environment import ROOT

APPS = ("representatives", "campaign", "letters")
# Who may use whom: each app, and those above which it stands.
MAY_USE = {"representatives": (), "campaign": ("representatives",), "letters": APPS[:2]}
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "services", "signals", "core", "common", "misc"}
LINES_OF_A_MODULE, USUAL_LINES_OF_A_MODULE = 300, 100
LINES_OF_A_FUNCTION, USUAL_LINES_OF_A_FUNCTION = 40, 12

MODULES = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC_FILES = [
    path for path in sorted((ROOT / "static").rglob("*")) if path.suffix in {".js", ".css", ".svg"}
]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def nodes_of(path: Path, *kinds: type[ast.AST]) -> list:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, kinds)]


def imported_by(path: Path) -> set[str]:
    """Dotted names that a module imports anywhere in it."""
    names = {alias.name for node in nodes_of(path, ast.Import) for alias in node.names}
    for node in nodes_of(path, ast.ImportFrom):
        assert node.level == 0, f"{name_of(path)} imports relatively: say the whole name"
        names.add(node.module)
    return names


def functions_of(path: Path) -> list[ast.FunctionDef]:
    return nodes_of(path, ast.FunctionDef, ast.AsyncFunctionDef)


def length_of(node: ast.FunctionDef) -> int:
    return node.end_lineno - node.lineno + 1


def offenders(paths: list[Path], rule: Callable[[Path], object]) -> dict[str, object]:
    """File → what the rule found there, for all files in which it found something."""
    return {name_of(path): found for path in paths if (found := rule(path))}


def found_in(*patterns: str) -> Callable[[Path], list[str]]:
    return lambda path: [p for p in patterns if re.search(p, path.read_text())]


def test_imports_point_down():
    def upward(path):
        app = path.relative_to(ROOT).parts[0]
        forbidden = {other for other in APPS if other != app and other not in MAY_USE[app]}
        return {name for name in imported_by(path) if name.split(".")[0] in forbidden}

    assert not offenders(MODULES, upward)


def test_no_import_hides_in_a_function():
    def hidden(path):
        inside = [node for function in functions_of(path) for node in ast.walk(function)]
        return [n.lineno for n in inside if isinstance(n, ast.Import | ast.ImportFrom)]

    assert not offenders(MODULES, hidden)


def test_no_star_import():
    def stars(path):
        return [n.module for n in nodes_of(path, ast.ImportFrom) if n.names[0].name == "*"]

    assert not offenders(MODULES, stars)


def test_a_name_says_what_is_inside():
    def empty_words(path):
        return {path.stem, *path.relative_to(ROOT).parts} & NAMES_THAT_SAY_NOTHING

    assert not offenders(MODULES, empty_words)


def test_a_module_says_what_it_is_for():
    assert not offenders(MODULES, lambda path: ast.get_docstring(tree_of(path)) is None)


def test_words_to_translate_stand_where_they_are_collected():
    """What is asked for inside an f-string gets into no catalogue, and stays English."""

    def asks_inside(path: Path) -> list[str]:
        inside = [node for text in nodes_of(path, ast.JoinedStr) for node in ast.walk(text)]
        calls = [node.func for node in inside if isinstance(node, ast.Call)]
        names = {call.id for call in calls if isinstance(call, ast.Name)}
        return sorted(names & {"_", "gettext", "gettext_lazy", "ngettext"})

    assert not offenders(MODULES, asks_inside)


def test_a_module_fits_into_one_reading():
    lines = {path: len(path.read_text().splitlines()) for path in MODULES}
    assert not offenders(MODULES, lambda path: lines[path] > LINES_OF_A_MODULE and lines[path])
    assert median(lines.values()) <= USUAL_LINES_OF_A_MODULE


def test_a_function_fits_on_a_screen():
    def too_long(path):
        return [f.name for f in functions_of(path) if length_of(f) > LINES_OF_A_FUNCTION]

    assert not offenders(MODULES, too_long)
    usual = median(length_of(f) for path in MODULES for f in functions_of(path))
    assert usual <= USUAL_LINES_OF_A_FUNCTION


def test_what_happens_has_a_verb_of_its_own():
    """No signals, and no `save` that does more than save."""

    def hidden_effects(path):
        overrides = [f.name for f in functions_of(path) if f.name == "save"]
        return overrides + [name for name in imported_by(path) if name.endswith(".signals")]

    assert not offenders(MODULES, hidden_effects)


def test_only_env_reads_the_environment():
    naming_the_settings = re.compile(r'os\.environ\.setdefault\("DJANGO_SETTINGS_MODULE", .*\)')

    def reading(path):
        return re.search(r"\benviron\b|\bgetenv\b", naming_the_settings.sub("", path.read_text()))

    assert set(offenders(MODULES, reading)) == {"campaign/env.py"}


def test_only_settings_use_env():
    uses = found_in(r"\bfrom campaign import .*\benv\b", r"\bcampaign\.env\b")
    assert set(offenders(MODULES, uses)) == {"campaign/settings.py"}


def test_templates_trust_no_text():
    assert not offenders(TEMPLATES, found_in(r"\|\s*safe\b", r"autoescape\s+off"))


def test_code_trusts_no_text():
    assert not offenders(MODULES, found_in(r"\bmark_safe\b", r"\bSafeString\b"))


def test_templates_have_no_inline_script_or_style():
    inline = found_in(
        r"<script(?![^>]*\bsrc=)", r"<style\b", r"\sstyle\s*=", r"<[^>]*\son[a-z]+\s*="
    )
    assert not offenders(TEMPLATES, inline)


def test_every_form_that_is_posted_says_where():
    """A form without an address posts to the page's own #part, and the answer keeps it.

    Whoever came by a link of the error summary is then led past the next errors.
    """
    without = found_in(r'<form(?=[^>]*method="post")(?![^>]*action=)')
    pages = [each for each in TEMPLATES if each.is_relative_to(ROOT / "templates/letters")]
    assert not offenders(pages, without)


def test_blocks_are_closed_by_their_names():
    def unnamed(path):
        opened = re.findall(r"{%-?\s*block\s+(\w+)", path.read_text())
        closed = re.findall(r"{%-?\s*endblock\s+(\w+)", path.read_text())
        return sorted(opened) != sorted(closed) and (opened, closed)

    assert not offenders(TEMPLATES, unnamed)


def test_pages_load_nothing_from_elsewhere():
    elsewhere = found_in(
        r"""(?:\bsrc|srcset|\baction|<link[^>]*\bhref)\s*=\s*["']?\s*(?:https?:)?//""",
        r"""url\(\s*["']?(?:https?:)?//""",
        r"@import",
        r"""\bfetch\(\s*["'`](?:https?:)?//""",
    )
    assert not offenders([*TEMPLATES, *STATIC_FILES], elsewhere)


def test_a_page_is_a_file_and_what_is_included_starts_with_a_dash():
    def mixed_up(path):
        text = path.read_text()
        included = re.findall(r"""{%\s*include\s+["']([^"']+)["']""", text)
        ours = [name for name in included if (ROOT / "templates" / name).exists()]
        pages = [name for name in ours if not Path(name).name.startswith("_")]
        return pages or (path.name.startswith("_") and "{% extends" in text)

    assert not offenders(TEMPLATES, mixed_up)


class PigeonPost(Channel):
    """A channel that no module of ours knows."""

    label = "Pigeon post"

    def __init__(self, *, name: str, loft: str):
        super().__init__(name=name)
        self.loft = loft

    def obstacle(self, office) -> str:
        return "" if office.seat_code.endswith(self.loft) else "other_chamber"


@pytest.fixture
def pigeons(settings):
    """One more entry in the settings, as docs/ describe it."""
    entry = {"BACKEND": f"{__name__}.PigeonPost", "OPTIONS": {"loft": "WY00"}}
    settings.CHANNELS = {"pigeon": entry} | settings.CHANNELS
    channels.cache_clear()
    yield
    channels.cache_clear()


@pytest.mark.django_db
def test_a_new_channel_is_a_module_and_a_settings_entry(pigeons):
    way = way_to(Seat.objects.get(code="HWY00"))
    assert (way.channel.name, way.label) == ("pigeon", "Pigeon post")


@pytest.mark.django_db
def test_an_office_that_a_new_channel_does_not_reach_keeps_its_own(pigeons):
    assert way_to(Seat.objects.get(code="SWY01")).channel.name != "pigeon"
