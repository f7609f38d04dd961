"""Initials in the place of names, while others see the screen: a projector, a screen that is shared.

Every page asks `ui.labels` for the name of a person, and that asks here: there is no second way for a name
to become words on the screen. What the coach typed as text is not looked at.
"""

from collections.abc import Iterable


class Initials:
    """ "M. R." for Maya Rivera, and "M. R. 2" for the next person of these initials, as long as it is on."""

    def __init__(self) -> None:
        self.on = False
        self._of: dict[str, str] = {}

    def switch(self, on: bool) -> None:
        """From now on names are shown as initials, or as they are."""
        self.on = on
        self._of = {}

    def learn(self, names: Iterable[str]) -> None:
        """Number those of the same initials in this order: else it is that in which they are seen."""
        for name in names:
            self.of(name)

    def of(self, name: str) -> str:
        """What stands for a name; the same for the same name until it is switched."""
        name = " ".join(name.split())
        if name not in self._of:
            plain = " ".join(f"{part[0].upper()}." for part in name.split())
            taken, shown, number = set(self._of.values()), plain, 1
            while shown in taken:
                number += 1
                shown = f"{plain} {number}"
            self._of[name] = shown
        return self._of[name]


SHOWN = Initials()
