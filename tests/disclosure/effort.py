"""How hard the attacks try: COACHDESK_FULL=1 in the environment repeats the random ones ten times over."""

import os

REPEAT = 10 if os.environ.get("COACHDESK_FULL") == "1" else 1
