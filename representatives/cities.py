"""The city that the post gives a ZIP code."""

from collections.abc import Iterable

from representatives.models import ZipCity


def city_of(zip: str) -> str:
    """The post's preferred city of a five-digit ZIP code, "Chicago"; "" where unknown."""
    return ZipCity.objects.filter(zip=zip).values_list("city", flat=True).first() or ""


def cities_among(names: Iterable[str]) -> set[str]:
    """Those of the names, spelled as the post does, that are a city's."""
    return set(ZipCity.objects.filter(city__in=list(names)).values_list("city", flat=True))
