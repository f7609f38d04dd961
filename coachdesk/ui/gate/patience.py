"""How long to wait after wrong passphrases.

It slows a person at the keyboard; a thief who has the file is slowed by Argon2id.
"""

FREE_TRIES = 5
LONGEST = 60.0


class Patience:
    """Counts misses in a row; times are seconds on a clock that only runs forward."""

    def __init__(self) -> None:
        self._misses = 0
        self._until = 0.0

    def missed(self, now: float) -> None:
        """After five misses each further one doubles the wait: 1 s, 2 s, 4 s … at most a minute."""
        self._misses += 1
        if self._misses >= FREE_TRIES:
            self._until = now + min(LONGEST, 2.0 ** (self._misses - FREE_TRIES))

    def left(self, now: float) -> float:
        """Seconds still to wait."""
        return max(0.0, self._until - now)
