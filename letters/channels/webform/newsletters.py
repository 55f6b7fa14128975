"""What in a form would sign somebody up for an office's newsletter, and what declines it."""

import re

SIGNING_UP = re.compile(
    r"news-?_?letter|(?<!un)subscri|opt-?in(?![a-z])|(?<![a-z])opt[._ -]?in(?![a-z])"
    r"|(?<![a-z])e-?news|mail(ing)?[._ -]?list|bulletin"
    r"|((?<![a-z])|mail|(?-i:(?<=[a-z])(?=U)))updates(?![a-z])"
    r"|sign[ _-]?(me[ _-]?)?up\b|(keep|stay)[ _-]?(me[ _-]?)?(informed|connected|in[ _-]?touch)",
    re.IGNORECASE,
)
DECLINING = re.compile(
    r"\s*(no\b|n\s*$|never|none|(\w+[ .])?opt[ ._-]?out|do not|don'?t|unsub)", re.IGNORECASE
)


def signs_up(*words: str) -> bool:
    """Whether something is an office's newsletter, by its name, selector or text."""
    return any(SIGNING_UP.search(word) for word in words)


def declines(*words: str) -> bool:
    return any(DECLINING.match(word) for word in words)
