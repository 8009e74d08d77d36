"""Writes one log for the corpus: a small program, locked and assessed three times by the `gonogo` that is named."""

import runpy
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

WAIVER = """schema: 1
waivers:
  - id: W-1
    criterion: workforce.training.completion
    reason: Half of the people are trained in the week before go-live.
    residual_risk: A class that is cancelled cannot be repeated.
    compensating_control: A colleague sits beside each of them for a week.
    owner: Tom Reyes
    requested_by: tom.reyes
    expires_on: "{until}"
"""
APPROVALS = """    approved_by:
      - {{person: ada.kirsch, role: customer.executive_sponsor, on: "{today}"}}
      - {{person: bo.lind, role: provider.executive_sponsor, on: "{today}"}}
"""


def make(gonogo: str, folder: Path) -> None:
    """Assess the program three times and keep its log in ``folder``."""
    sys.path.insert(0, str(Path(__file__).parents[3]))  # conftest imports its own room
    tests = runpy.run_path(str(Path(__file__).parents[2] / "conftest.py"), run_name="tests.conftest")
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    days = {"today": now.date(), "until": now.date() + timedelta(days=30)}
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
        small = tests["write_small"](
            Path(scratch) / "small", now=now, trained=50, answered=40, plan=True, more="waivers: waivers.yaml"
        )
        sponsor = "  - {role: provider.executive_sponsor, person: bo.lind, name: Bo Lind}\n"
        (small.root / "people.yaml").write_text(tests["PEOPLE"] + sponsor)
        small.edit("gonogo.yaml", "    producer: Service desk\n", "    producer: Service desk\n    keep: bytes\n")
        (small.root / "waivers.yaml").write_text(WAIVER.format(**days))
        _lock(gonogo, small.root, f"{now.date()}")
        for verb, waiver, desk in (
            ("assess", WAIVER, "filled"),
            ("assess", WAIVER + APPROVALS, "filled"),
            ("progress", WAIVER + APPROVALS, "open"),
        ):
            (small.root / "waivers.yaml").write_text(waiver.format(**days))
            (small.root / "evidence/desk.csv").write_text(f"post,state\nD1,filled\nD2,{desk}\n")
            if desk == "open":
                (small.root / "evidence/survey.csv").unlink()
            subprocess.run([gonogo, verb, str(small.root)], check=False, stdout=subprocess.DEVNULL)
        shutil.copytree(small.log, folder, ignore=shutil.ignore_patterns("lock", "index.json"))


def _lock(gonogo: str, program: Path, today: str) -> None:
    """Lock the program, as both sponsors approve it."""
    draft = program / "approvals.yaml"
    subprocess.run([gonogo, "lock", str(program), "--draft", str(draft)], check=True, stdout=subprocess.DEVNULL)
    draft.write_text(draft.read_text().replace("FILL_IN", today))
    made = [gonogo, "lock", "make", str(program), "--approvals", str(draft)]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    make(sys.argv[1], Path(sys.argv[2]))
