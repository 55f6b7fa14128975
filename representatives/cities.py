"""The city that the post gives a ZIP code."""

from representatives.models import ZipCity


def city_of(zip: str) -> str:
    """The post's preferred city of a five-digit ZIP code, "Chicago"; "" where unknown."""
    return ZipCity.objects.filter(zip=zip).values_list("city", flat=True).first() or ""
