"""New versions of what people have used or ticked: an appeal's text, a box's wording."""

from django.db.models import Max

from campaign.models import Appeal, Campaign, Organization

COPIED = ("key", "value", "rule", "as_of", "source", "expires_at")
REVIEWED_AS = ("key", "value", "rule", "as_of", "source")


def next_version(campaign: Campaign) -> int:
    """One more than the newest."""
    return (campaign.appeals.aggregate(newest=Max("version"))["newest"] or 0) + 1


def next_wording(organization: Organization) -> int:
    """The number of an organization's next consent text."""
    return (organization.consent_texts.aggregate(newest=Max("version"))["newest"] or 0) + 1


def copied_facts(appeal: Appeal) -> list[dict]:
    """The facts of a version as the form of the next one begins with them."""
    return list(appeal.facts.values(*COPIED))


def carry_reviews(*, appeal: Appeal) -> None:
    """A fact that says the same as in the version before is as reviewed as it was there."""
    before = appeal.campaign.appeals.filter(version__lt=appeal.version).last()
    if before is None:
        return
    known = {_said(fact): fact for fact in before.facts.exclude(reviewed_at=None)}
    for fact in appeal.facts.filter(reviewed_at=None):
        same = known.get(_said(fact))
        if same:
            fact.reviewed_at, fact.reviewed_by = same.reviewed_at, same.reviewed_by
            fact.save(update_fields=["reviewed_at", "reviewed_by"])


def _said(fact) -> tuple:
    return tuple(getattr(fact, name) for name in REVIEWED_AS)
