"""Set MultiCoder up on this machine and start it.

    python3 mc.py                     open the window (Windows: py mc.py); without a screen: make the sample
                                      calculator with the demo team
    python3 mc.py run "TASK" ...      any command of MultiCoder
    python3 mc.py test [ARGS] [--slow] [--lint-only]
                                      every check, then pytest with ARGS
    python3 mc.py freeze [--out FOLDER]
                                      freeze into one folder, tested by itself
    python3 mc.py setup               set up (again), start nothing
    python3 mc.py lock [--upgrade]    compile locks/ anew

This file stays readable for Python 3.6, so that one that is too old can say so; the work is done in `starter`.
"""

import shutil
import subprocess
import sys

if __name__ == "__main__" and sys.version_info < (3, 11):
    for found in filter(None, map(shutil.which, ["python3.%d" % minor for minor in range(15, 10, -1)])):  # noqa: UP031
        sys.exit(subprocess.call([found] + sys.argv))  # noqa: RUF005 - as above
    sys.exit(
        f"MultiCoder needs Python 3.11 or newer; this is {sys.version_info[0]}.{sys.version_info[1]}.\n"
        f"  What was tried: {sys.executable} and python3.11 to python3.15 on PATH\n"
        "  What to do: install a newer Python (python.org; Debian 12 and Ubuntu 24.04 bring one), then start with it"
    )

if __name__ == "__main__":
    from starter.main import start

    sys.exit(start(sys.argv[1:]))
