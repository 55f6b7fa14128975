"""A recipe's YAML as it is written: every scalar a string, so that `Yes` stays `Yes`."""

from dataclasses import dataclass

import yaml

LARGEST = 256 * 1024
DEEPEST = 12


class Quarantined(ValueError):
    """A recipe that cannot be used; the text says why, in a sentence for organizers."""


@dataclass(frozen=True)
class Hash:
    """A mapping with its pairs in order, the repeated ones too."""

    pairs: tuple[tuple[str, "Hash | list | str"], ...]
    line: int

    def get(self, name: str) -> "Hash | list | str":
        return next((value for key, value in self.pairs if key == name), "")

    def text(self, name: str) -> str:
        """Empty where it is not there; raises Quarantined where it is no text."""
        value = self.get(name)
        if not isinstance(value, str):
            raise Quarantined(f"Line {self.line}: {name} is a list or a hash, and no text.")
        return value

    @property
    def contradicted(self) -> str:
        """The first name that stands here twice with different values; empty if none does."""
        said: dict[str, Hash | list | str] = {}
        return next((name for name, v in self.pairs if said.setdefault(name, v) != v), "")


def read_yaml(content: bytes) -> Hash | list | str:
    """The one document of a file. Raises Quarantined; aliases and tags are not read at all."""
    if len(content) > LARGEST:
        raise Quarantined(f"The file has {len(content):,} bytes; no recipe is that long.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Quarantined(f"The file is not UTF-8 text (byte {error.start}).") from error
    try:
        return _build(yaml.parse(text, Loader=yaml.CBaseLoader))
    except yaml.YAMLError as error:
        raise Quarantined(_in_words(error, text)) from error


def _build(events) -> Hash | list | str:
    """Builds without recursion: each open collection is a list on the stack."""
    documents: list = []
    stack: list[tuple[list, int, bool]] = []
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise Quarantined(f"Line {line} refers to another line (*): recipes spell things out.")
        if isinstance(event, yaml.ScalarEvent):
            _inner(stack, documents).append(event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(stack) == DEEPEST:
                raise Quarantined(f"Line {line} is nested more deeply than any recipe.")
            stack.append(([], line, isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            items, line, is_hash = stack.pop()
            _inner(stack, documents).append(_hash(items, line) if is_hash else items)
    if len(documents) != 1:
        raise Quarantined("The file is empty." if not documents else "The file is several in one.")
    return documents[0]


def _inner(stack: list, documents: list) -> list:
    return stack[-1][0] if stack else documents


def _hash(items: list, line: int) -> Hash:
    names, values = items[::2], items[1::2]
    if not all(isinstance(name, str) for name in names):
        raise Quarantined(f"Line {line} has a list or a hash where a name must stand.")
    return Hash(tuple(zip(names, values, strict=True)), line)


def _in_words(error: yaml.YAMLError, text: str) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return "The file has characters that no YAML may have."
    lines = text.splitlines()
    if mark.line < len(lines) and "\t" in lines[mark.line]:
        return f"Line {mark.line + 1} has a tab where only spaces may stand."
    problem = getattr(error, "problem", None) or "it cannot be read"
    return f"Line {mark.line + 1} is no YAML: {problem}."
