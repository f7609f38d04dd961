"""The principal's attack on what leaves the desk.

`caseloads` invents schools, `attacker` is the principal, `mutants` are the mechanism with one rule weakened:
each must be caught, or the attack proves nothing. COACHDESK_FULL=1 repeats the random attacks ten times as
often.
"""

import os

REPEAT = 10 if os.environ.get("COACHDESK_FULL") == "1" else 1
