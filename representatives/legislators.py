"""The lists that unitedstates/congress-legislators publishes: who wrote them, how they are read."""

import json

import yaml

from representatives.tables import TableRefused

PUBLISHED_AT = "https://unitedstates.github.io/congress-legislators/"
LICENCE = "CC0-1.0 (unitedstates/congress-legislators)"


def read_people(content: bytes) -> list[dict]:
    """A list's entries, a person each; TableRefused where it is no list.

    JSON is read about 15 times faster; whatever is not JSON is taken for YAML.
    """
    try:
        people = json.loads(content)
    except (ValueError, RecursionError):
        try:
            people = yaml.load(content, Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, RecursionError) as error:
            raise TableRefused("The source is neither JSON nor YAML.") from error
    if not isinstance(people, list):
        raise TableRefused("The source is not a list of people.")
    return people
