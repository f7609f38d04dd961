"""Lines that are about a list and no line of it: totals, counts, and what a printer puts at the foot."""

import re

_WHO = r"(?:teachers?|staff(?: members?)?|faculty|employees|people|names|rows|records|entries)"
_SUM = r"(?:(?:grand |sub ?)?totals?|(?:head ?)?count|sum|average|number)"
_NUMBER = r"[\s\d:.,=]*"
_STAMP = r"[\s\d:.,/\-apm]*"  # a day and an hour, however they are written
_FOOT = r"(?:last )?(?:printed|updated|generated|exported|as of|run date|report date)(?: on| at)?"
_TOTAL = re.compile(
    rf"{_SUM}\b(?:(?: number)?(?: of)? {_WHO})?{_NUMBER}"
    rf"|total number(?: of {_WHO})?{_NUMBER}"
    rf"|{_WHO} (?:total|count){_NUMBER}"
    rf"|\d+ {_WHO}|n ?={_NUMBER}"
    rf"|page \d+(?: of \d+)?|{_FOOT}\b{_STAMP}|source\b{_NUMBER}(?:: .*)?",
    re.IGNORECASE,
)


def is_total(given: str, family: str) -> bool:
    """Whether a name is none: one of those lines, in whichever of two columns its words and its number
    stand, or no word at all."""
    forms = {f"{given} {family}".strip(), f"{family} {given}".strip(), f"{family}, {given}"}
    whole = max(forms, key=len)
    if not whole.strip(", "):
        return False  # no name is another matter than no person
    return any(map(_TOTAL.fullmatch, forms)) or not any(sign.isalpha() for sign in whole)
