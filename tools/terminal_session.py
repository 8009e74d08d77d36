"""Draw a terminal session that really took place: ``python tools/terminal_session.py docs/images/session.svg``.

The commands run on a copy of the Harborline example, and the picture shows what they printed. It is one SVG file that
moves without script, plays once, and stands still at its end for readers who asked their system for less motion. What
it says is in its description too, for people who do not see it. Equal output gives equal bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
COMMANDS: Final = (
    "gonogo assess examples/harborline/nogo --as-of 2027-04-19T12:00-04:00",
    "gonogo explain program.schedule.golive_tasks --program examples/harborline/nogo",
)
COLUMNS, ROWS = 84, 34
_WIDE, _HIGH, _EDGE = 7.85, 17, 16
_TYPED: Final = 0.03
"""Seconds for a letter."""
_READ: Final = 0.12
"""Seconds for a line that is printed: slower than a machine, quick for a reader."""
_PAUSE: Final = 1.2
"""Seconds before and after each command."""
_HEAD: Final = re.compile(r"[A-Z][A-Z’',() 0-9]{6,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the terminal.

    Attributes:
        text: What stands in it.
        at: When it appears, in seconds from the start.
        typed: How long its letters take to appear, in seconds; 0 for what is printed.
    """

    text: str
    at: float
    typed: float = 0.0


def session(commands: Sequence[str]) -> list[Line]:
    """Run the commands in a copy of the examples, and return what a person sees, in order.

    Raises:
        SystemExit: A command printed nothing; its words on stderr are shown.
    """
    found: list[Line] = []
    now = _PAUSE / 2
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder, "examples"), ignore=shutil.ignore_patterns("audit"))
        for command in commands:
            letters = len(command) * _TYPED
            found.append(Line(f"$ {command}", now, letters))
            now += letters + _PAUSE / 2
            for text in _printed(command, Path(folder)):
                found.append(Line(text, now))
                now += _READ
            now += _PAUSE
    return found


def _printed(command: str, folder: Path) -> list[str]:
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    surroundings = {**os.environ, "PATH": paths, "COLUMNS": str(COLUMNS), "NO_COLOR": "1"}
    done = subprocess.run(command.split(), cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise SystemExit(f"{command} printed nothing\n{done.stderr}")
    return steady(done.stdout).rstrip("\n").split("\n")


def steady(text: str) -> str:
    """Return the text without what is different each time: ids of runs and head hashes. They become `…`."""
    return re.sub(r"\b\d{8}T\d{6}Z-[0-9a-f]+|(?<=Head hash )[0-9a-f]+", "…", text)


def draw(lines: Sequence[Line]) -> str:
    """Return the SVG of a session: every line fades in when it appears, and the page moves up when it is full."""
    end = lines[-1].at + _PAUSE
    width, height = round(COLUMNS * _WIDE + 2 * _EDGE), ROWS * _HIGH + 2 * _EDGE
    words = "\n".join(line.text for line in lines)
    body = "\n".join(_drawn(number, line) for number, line in enumerate(lines))
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t d">
<title id="t">A terminal in which gonogo judges the Harborline example</title>
<desc id="d">{escape(words)}</desc>
<style>
text {{ font: 13px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; fill: #dfe1e2; }}
.c {{ fill: #ffffff; font-weight: bold; }}
.h {{ fill: #73b3e7; font-weight: bold; }}
.l {{ opacity: 0; animation: show 0.01s linear forwards; }}
@keyframes show {{ to {{ opacity: 1; }} }}
#page {{ animation: up {end:.2f}s step-end forwards; }}
{_moves(lines, end)}
@media (prefers-reduced-motion: reduce) {{
  .l {{ opacity: 1; animation: none; }}
  #page {{ animation: none; transform: translateY(-{_hidden(len(lines))}px); }}
}}
</style>
<clipPath id="screen"><rect width="{width}" height="{height}"/></clipPath>
<rect width="{width}" height="{height}" rx="8" fill="#1b1b1b"/>
<g clip-path="url(#screen)"><g id="page">
{body}
</g></g>
</svg>
"""


def _drawn(number: int, line: Line) -> str:
    kind = "c" if line.text.startswith("$ ") else "h" if _HEAD.match(line.text) or "verdict=" in line.text else ""
    place = f'x="{_EDGE}" y="{_EDGE + _HIGH * (number + 1) - 4}"'
    if not line.typed:
        return f'<text class="l {kind}" {place} style="animation-delay:{line.at:.2f}s">{escape(line.text)}</text>'
    letters = "".join(
        f'<tspan class="l" style="animation-delay:{line.at + place_in * _TYPED:.2f}s">{escape(letter)}</tspan>'
        for place_in, letter in enumerate(line.text)
    )
    return f'<text class="{kind}" {place}>{letters}</text>'


def _moves(lines: Sequence[Line], end: float) -> str:
    steps = [
        f"  {100 * line.at / end:.3f}% {{ transform: translateY(-{_hidden(number + 1)}px); }}"
        for number, line in enumerate(lines)
        if _hidden(number + 1)
    ]
    last = f"  100% {{ transform: translateY(-{_hidden(len(lines))}px); }}"
    return "\n".join(["@keyframes up {", *steps, last, "}"])


def _hidden(shown: int) -> int:
    """Return how far the page has moved up when so many lines are shown, in pixels."""
    return max(0, shown - ROWS) * _HIGH


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python tools/terminal_session.py FILE")
    Path(sys.argv[1]).write_text(draw(session(COMMANDS)), encoding="utf-8")
