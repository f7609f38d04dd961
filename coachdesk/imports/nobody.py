"""What stands in the place of a name where a post has nobody in it: "Vacant", "TBD", "Substitute pool"."""

import re

# Any of these makes a name nobody's, where no other word than these and the next ones is in it.
_NOBODY = {"n/a"} | set(
    re.findall(
        r"\w+",
        "vacant vacancy vacancies tbd tba tbh tbn unfilled unassigned open opening none nobody "
        "sub subs substitute substitutes staff",
    )
)
_BESIDE = set(
    re.findall(
        r"\w+",
        "position positions post posting role pool teacher teachers instructor faculty member "
        "new hire long term",
    )
)
_WHOLE = frozenset(
    {
        "new teacher",
        "new hire",
        "new instructor",
        "no teacher",
        "guest teacher",
        "not applicable",
        "not assigned",
        "not yet hired",
        *(f"to be {done}" for done in ("announced", "assigned", "determined", "filled", "hired", "named")),
    }
)


def is_nobody(given: str, family: str) -> bool:
    """Whether the whole name stands for a post. A word of it in somebody's name does not: Staff is a
    surname."""
    first, last = _words(given), _words(family)
    words = {*first, *last}
    if " ".join(first + last) in _WHOLE or " ".join(last + first) in _WHOLE:
        return True
    return bool(words & _NOBODY) and words <= _NOBODY | _BESIDE


def _words(name: str) -> list[str]:
    """Small letters, without signs (but "N/A" is not "N. A.") and the numbers of posts."""
    bare = name.casefold().replace("n/a.", "n/a")
    return [word for word in re.findall(r"n/a\b|\w+", bare.replace("t.b.", "tb")) if not word.isdigit()]
