"""The reliability table, R1 to R25: what a coach may stake a colleague's trust on, tried again and again.

    python3 packaging/dev.py reliability                  the quick tier, at most 3 minutes on two cores
    python3 packaging/dev.py reliability --full           the full tier, at most 20 minutes
    python3 packaging/dev.py reliability [--full] R1 R7   these rows alone

prints the table in Markdown, with machine and versions. `dev.py test` without words ends with the quick tier.

A row is one module here, `r07_key_file.py`: the number with two digits, then what is tried. One number may
have several modules (`r03_rekey.py`, `r03_backup.py`): each is a line of its own. A module declares

    NUMBER = "R7"                       as in the table
    CHECK = "key-file fuzz"             what is tried, in a few words, for the table
    BOUND = "0 wrong unlocks"           what must hold, in words
    QUICK, FULL = 200, 10_600           N of the two tiers; QUICK = 0 leaves a row to the full tier
    ALONE = True                        optional: measures time, so nothing may run beside it
    EVERY = True                        optional: n is a bound, for all there is may be less
    DISK = True                         optional: wants a folder on a disk, not in memory
    SECONDS = 90                        optional: what the full N takes, so that the longest begin first

A row may take about 10 s in the quick tier and 90 s in the full one; less where it can.

    def run(n: int, folder: Path) -> Result:
        "Try it n times in `folder`, which is empty and thrown away afterwards."

    def planted(folder: Path) -> Result:
        "The same detector over a fault that is planted: what it gives must not be `kept`."

`planted` is what shows that the row can fail at all. It runs first, and where its result is `kept` the row
is "blind" and fails, whatever `run` would have said. It should take a second or two: break the thing under
test as simply as can be (an acknowledgement that was never saved, a plaintext copy left in the folder, a
check left out) and let the code that judges `run` judge that.

Both give a `Result(done, said, kept)` of `row`: how often it was really tried, the result in words and
numbers, and whether the bound held; a row that tried less than it was asked to is missed. Both raise
`CannotRun("needs mount rights: run as root")` of `row` where this machine lacks what they need (root, ptrace,
strace, a C compiler): the line then says "not run" and why, aloud, and does not count as kept. Any other
exception fails the row.

Each row runs in a process of its own, two at a time, with a home of its own (HOME, XDG_*), Qt offscreen, and
`tests`, `tests/store` and `tests/app` on its path besides this folder, so `from saver import …` and
`import coached_school` work. Children that a row starts inherit all that; it must leave none behind. Be
reproducible: take chances from `random.Random(a fixed number)`. What a row needs that is not its own lies in
modules without a number: `row`, `shim` (C that is preloaded), `powercut` (a disk rebuilt as a power cut may
leave it), `laptop` (the program in a window, played by keys), `rights` (root bound by the rights of files).

To try one while writing it, without the table: `.venv/bin/python tests/reliability --row r07_key_file 200`.
"""
