"""The bindings of the page on GSA's own files can be copied as they stand."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from gonogo.program.program_file import load_program

PAGE = Path(__file__).parents[2] / "docs/how-to/gsa-files.md"
PROGRAM = """\
schema: 1
program: {id: x, title: x, customer: A, provider: B, time_zone: America/New_York, calendar: us-federal}
releases: [{id: R1, go_live: 2027-05-03T06:00}]
ruleset: m3-engagement@1.0.0
evidence:
"""


def test_every_binding_of_the_page_loads(tmp_path):
    """A key that no program file has is copied by everybody who reads the page."""
    blocks = re.findall(r"^```yaml\n(- id: .*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (tmp_path / "gonogo.yaml").write_text(PROGRAM + textwrap.indent("".join(blocks), "  "), encoding="utf-8")

    bindings = load_program(tmp_path).program.bindings

    assert len(bindings) == len(blocks) >= 3
    assert {"m3:risk", "m3:tracker"} <= {f"{one.plugin}:{one.collector}" for one in bindings}
