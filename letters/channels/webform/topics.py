"""Which entries of an office's menu of issues say the same as a letter's topic.

A synonym is an entry that a member of the staff would file the letter under without a second
thought. "Other" and "General" are none, nor is what a letter of that topic may merely touch: then
the supporter is asked. An entry may name several issues ("Foreign Affairs, Military & Veterans"),
and one of them must be a synonym as a whole: "International Trade" is not "international".
"""

import re
from html import unescape

from letters.channels.webform.recipe import Option

# The Library of Congress's topic → what offices call it, the closest first. The parts of its own
# name are added: "Agriculture and Food" is also "Agriculture".
SYNONYMS = {
    # Human rights come last: few menus have them and no foreign affairs.
    "International Affairs": """foreign affairs|foreign relations|foreign policy
        international relations|international affairs|international policy|world affairs
        global affairs|foreign|international|international human rights|human rights""",
    "Agriculture and Food": "agriculture policy|farming|farm bill|food safety",
    "Animals": "animal welfare|animal rights|animal protection|animal|wildlife",
    "Armed Forces and National Security": """defense|national defense|military|armed services
        department of defense|national security|military affairs""",
    "Arts, Culture, Religion": """arts humanities|art|humanities|religious liberty
        religious freedom|religious|faith based initiatives""",
    "Civil Rights and Liberties, Minority Issues": "civil liberties|equality|constitutional rights",
    "Commerce": "business|trade commerce",
    "Congress": "congressional|congressional affairs|congressional reform",
    "Crime and Law Enforcement": "criminal justice|crime|crimes|public safety|justice|judiciary",
    "Economics and Public Finance": """economy|economic|economic policy|budget|federal budget
        jobs|fiscal policy|appropriations""",
    "Education": "education policy|education k through 12|k12 education|higher education",
    "Emergency Management": """federal emergency management|federal emergency management agency
        fema|disaster relief|disaster response|natural disasters|emergency response""",
    "Energy": "energy policy|energy independence|clean energy|engergy",
    "Environmental Protection": """environment|environmental|environmental policy|climate change
        climate""",
    "Families": "family|family values|children|children families|child welfare",
    "Finance and Financial Sector": "banking|financial services|finances|securities",
    "Foreign Trade and International Finance": "trade|international trade|trade policy",
    "Government Operations and Politics": """government affairs|government|government reform
        governmental reform|federal government|elections|election reform|campaigns""",
    "Health": "health care|healthcare|health care policy|public health",
    "Housing and Community Development": """housing urban development|housing urban affairs
        urban affairs""",
    "Immigration": "immigration policy|immigration reform|border security",
    "Labor and Employment": "jobs|workforce|workers|labor unions",
    "Law": "judiciary|judicial|legal|legal matters|constitution|courts|justice",
    "Native Americans": """native american affairs|native american|indian affairs|tribal
        tribal affairs|tribes|indigenous peoples|indian country|tribal communities""",
    "Public Lands and Natural Resources": """interior|public lands forestry|national parks
        conservation|forestry""",
    "Science, Technology, Communications": """science innovation|science space|telecommunications
        telecom|internet|space|nasa|broadband""",
    "Social Sciences and History": "social science|historical preservation",
    "Social Welfare": "welfare|social services|public assistance programs",
    "Sports and Recreation": "sport",
    "Taxation": "taxes|tax|tax reform|tax policy",
    "Transportation and Public Works": "transportation policy|infrastructure",
    "Water Resources Development": "water|water resources|rivers",
}
SEPARATORS = re.compile(r"[/,;:&+()–—]|\s-\s|(?<=\w)-(?=[A-Z])|\band\b|\bor\b", re.IGNORECASE)
# Words that add nothing: "Foreign Policy Issues", "U.S. Foreign Policy".
NOISE = frozenset({"the", "us", "issues", "issue", "matters"})
# Of no meaning without a noun: "International/Domestic Adoption".
ADJECTIVES = frozenset({"foreign", "international", "religious", "legal", "economic"})


def synonyms(topic: str) -> tuple[str, ...]:
    """What a menu may call the topic, the closest first, in lower case."""
    ours = [name.strip() for name in re.split(r"[|\n]", SYNONYMS.get(topic, ""))]
    return tuple(dict.fromkeys([*_issues(topic), *ours]))


def like(topic: str, options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The entries that say the same as the topic, the closest first; empty: none does."""
    ranks = {name: rank for rank, name in enumerate(synonyms(topic))}
    by_text = [(_closeness(option.text or option.value, ranks), option) for option in options]
    # Recipes mix up what is read and what is sent.
    by_value = [(_closeness(option.value, ranks), option) for option in options]
    for found in (by_text, by_value):
        fitting = [each for each in found if each[0] is not None]
        if fitting:
            return tuple(option for _, option in sorted(fitting, key=lambda each: each[0]))
    return ()


def _closeness(entry: str, ranks: dict[str, int]) -> tuple[int, int] | None:
    """Less is closer: the best of its names, then how many issues it names."""
    names = _issues(entry)
    best = min((ranks[name] for name in names if name in ranks), default=None)
    return None if best is None else (best, len(names))


def _issues(entry: str) -> tuple[str, ...]:
    """The issues that an entry names: "Foreign & Defense Policy" → foreign policy, defense policy.

    The whole comes first; an adjective counts only where it is the whole.
    """
    parts = [_words(part) for part in SEPARATORS.split(unescape(entry))]
    parts = [part for part in parts if part]
    if len(parts) == 1:
        return (" ".join(parts[0]),)
    whole = [word for part in parts for word in part]
    shared = [[*part, parts[-1][-1]] for part in parts[:-1] if len(parts[-1]) > 1]
    issues = [" ".join(part) for part in (whole, *parts, *shared)]
    return tuple(issue for issue in issues if issue not in ADJECTIVES)


def _words(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.replace(".", "").replace("'", "").casefold())
    return [word for word in words if word not in NOISE]
