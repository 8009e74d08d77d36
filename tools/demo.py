"""Run the gate on the three Harborline programs and show what a sponsor would see.

``python tools/demo.py GONOGO FOLDER AS_OF REPORTS``: the command, the folder of the three programs, the moment at
which they are judged, and a folder for the complete reports as HTML pages.
"""

import subprocess
import sys
from pathlib import Path

EXPECTED = {"go": 0, "conditional": 3, "nogo": 1}
REST = "EVERY FINDING"
"""Heading after page one of a terminal report."""


def main() -> int:
    """Return 0 when each program ended with the exit code that the README promises."""
    gonogo, folder, as_of, reports = sys.argv[1:5]
    Path(reports).mkdir(parents=True, exist_ok=True)
    wrong = []
    for name, expected in EXPECTED.items():
        page = f"{reports}/{name}.html"
        arguments = ["assess", f"{folder}/{name}", "--as-of", as_of, "-o", "terminal", "-o", f"html:{page}"]
        sys.stdout.write(f"\n$ gonogo {' '.join(arguments)}\n\n")
        sys.stdout.flush()
        done = subprocess.run([gonogo, *arguments], capture_output=True, text=True, check=False)
        sys.stdout.write(page_one(done.stdout) + done.stderr)
        sys.stdout.write(f"exit code {done.returncode}; the complete report is {page}\n")
        if done.returncode != expected:
            wrong.append(f"{name} ({done.returncode} instead of {expected})")
    if wrong:
        sys.stderr.write(f"demo: unexpected exit code for {', '.join(wrong)}\n")
    return 1 if wrong else 0


def page_one(text: str) -> str:
    """Return the first page of a terminal report and its last line, the verdict."""
    first, rest, _ = text.partition(f"\n{REST}\n")
    return f"{first}\n…\n{text.splitlines()[-1]}\n" if rest else text


if __name__ == "__main__":
    sys.exit(main())
