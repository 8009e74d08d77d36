"""How long it takes to show a recorded run of the GO example under m3-hardened, each time in a new process.

Run: ``python benchmarks/bench_reports.py [RUNS]``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import command

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2027-04-19T12:00-04:00"


def main() -> None:
    """Record one run, then measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    gonogo = [sys.executable, "-m", "gonogo"]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "program")
        shutil.copytree(ROOT / "examples/harborline/go", copy, ignore=shutil.ignore_patterns("audit"))
        assess = [*gonogo, "assess", str(copy), "--ruleset", "m3-hardened", "--as-of", AS_OF]
        done = subprocess.run(assess, capture_output=True, check=False)
        if done.returncode not in (0, 1, 3):
            raise SystemExit(f"assess ended with {done.returncode}")
        hardened = copy / "m3-hardened"
        page = Path(folder, "report.html")
        print(f"path, m3-hardened: {command([*gonogo, 'path', hardened], runs)}")
        print(f"report -o html, m3-hardened: {command([*gonogo, 'report', hardened, '-o', f'html:{page}'], runs)}")


if __name__ == "__main__":
    main()
