"""The words of a script."""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<space>(?:\s|//[^\n]*|/\*.*?\*/)+)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.)*`)
    |(?P<mark>=>|\?\.|!==|!=|&&|[-+=>?:.,;(){}\[\]])""",
    re.VERBOSE | re.DOTALL,
)
PATTERN = re.compile(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
# After these a slash begins a regular expression.
BEFORE_PATTERN = frozenset("=(,:[!&|?{};+") | {"=>", "&&", "||", "return"}
ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(\r?\n)|(.))", re.DOTALL)
CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


class NotUnderstood(ValueError):
    """A script that is beyond the idioms of recipes."""


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    begins_line: bool = False


def tokens_of(script: str) -> list[Token]:
    tokens: list[Token] = []
    at, begins_line = 0, True
    while at < len(script):
        found = None
        if script[at] == "/" and (not tokens or tokens[-1].text in BEFORE_PATTERN):
            found = PATTERN.match(script, at)
        kind = "pattern" if found else ""
        found = found or TOKEN.match(script, at)
        if not found:
            raise NotUnderstood(f"a sign that recipes do not use: {script[at]!r}")
        kind = kind or found.lastgroup
        if kind == "space":
            begins_line = begins_line or "\n" in found[0]
        else:
            tokens.append(Token(kind, found[0], begins_line))
            begins_line = False
        at = found.end()
    return tokens


def unquoted(literal: str) -> str:
    text = ESCAPED.sub(_unescaped, literal[1:-1])
    # JavaScript writes rare characters as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(found: re.Match) -> str:
    code = found[1] or found[2]
    if code:
        return chr(int(code, 16))
    return "" if found[3] else CONTROLS.get(found[4], found[4])
