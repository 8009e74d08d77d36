"""A copy of the checkout in which one mutant at a time is tried, with an interpreter and a process of its own.

Children of gonogo start as ``python -I``: they see no PYTHONPATH, only the interpreter's own site-packages. Each copy
has a virtual environment that names the copy's source first, or a change would never reach the code of a child.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import IO

TOP = Path(__file__).resolve().parents[2]
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".*_cache", "__pycache__", "build", "dist", "wheelhouse", ".hypothesis"
)
PYTEST = ["-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly"]


class Place:
    """One copy.

    Attributes:
        root: Where it lies.
        python: The interpreter that runs its code.
    """

    def __init__(self, root: Path) -> None:
        """Copy the checkout to ``root``, and make its interpreter."""
        self.root = root
        shutil.copytree(TOP, root, ignore=_LEFT_OUT, symlinks=True)
        venv.EnvBuilder(symlinks=True, with_pip=False).create(root / ".venv")
        self.python = root / ".venv" / "bin" / "python"
        [packages] = (root / ".venv" / "lib").glob("python*/site-packages")
        (packages / "mutants.pth").write_text(f"{root / 'src'}\n{root / 'tools'}\n{sysconfig.get_path('purelib')}\n")
        self._ready: subprocess.Popen[str] | None = None

    def run(self, tests: list[str], *, limit: float) -> int:
        """Run tests; return pytest's exit code, or -1 where they took more than ``limit`` seconds."""
        if self._ready is None or self._ready.poll() is not None:
            self._ready = subprocess.Popen(
                [self.python, "-B", Path(__file__).parent / "ready.py"],
                cwd=self.root,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        asked, answers = _open(self._ready.stdin), _open(self._ready.stdout)
        asked.write(json.dumps({"arguments": [*PYTEST, "-x", *tests], "limit": limit}) + "\n")
        asked.flush()
        return int(answers.readline())

    def command(self, *arguments: str | Path) -> tuple[int, str]:
        """Run Python in the copy, and let it keep what it compiled; return the exit code, and what it said last."""
        done = subprocess.run(
            [self.python, *arguments],
            cwd=self.root,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, (done.stdout + done.stderr)[-2000:]

    def change(self, file: str, source: bytes) -> None:
        """Write a module in such a way that what was compiled of it before is never taken for it."""
        path = self.root / file
        changed = path.stat().st_mtime_ns + 10**10
        path.write_bytes(source)
        os.utime(path, ns=(changed, changed))

    def restore(self, file: str, source: bytes, changed_ns: int) -> None:
        """Write a module as it was, with the moment that its compiled form is known by."""
        path = self.root / file
        path.write_bytes(source)
        os.utime(path, ns=(changed_ns, changed_ns))

    def close(self) -> None:
        """End the waiting process."""
        if self._ready is not None and self._ready.stdin is not None:
            self._ready.stdin.close()
            self._ready.wait()

    def _environment(self) -> dict[str, str]:
        path = os.pathsep.join([str(self.root / ".venv" / "bin"), os.environ.get("PATH", os.defpath)])
        kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
        return {**kept, "PATH": path}


def _open(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise RuntimeError(f"{sys.executable}: the process was started without its pipes")
    return stream
