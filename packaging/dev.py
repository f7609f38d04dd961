#!/usr/bin/env python3
"""Set coachdesk up in this checkout and start it, check it or measure it.

    python3 packaging/dev.py run [words for coachdesk ...]
    python3 packaging/dev.py test [words for pytest ...]
    python3 packaging/dev.py bench [names of rows ...]
    python3 packaging/dev.py reliability [--full] [R1 R7 ...]
    python3 packaging/dev.py attacks [years]
    python3 packaging/dev.py coverage

Needs Python 3.11 or newer and nothing else. This file must still be understood by older Pythons, so that
they can say what is missing; all that follows lies in `workshop`.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # an older Python is what this line is for
    sys.exit(
        f"coachdesk needs Python 3.11 or newer and this is {sys.version.split()[0]}: install a newer one, "
        f"then type the same line with it, for example: python3.11 {' '.join(sys.argv)}"
    )

from workshop import main  # noqa: E402  # only a new enough Python gets this far

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
