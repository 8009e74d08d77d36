"""Pack a wheelhouse: every wheel that gonogo needs on machines like this one, each with its hash.

    python tools/wheelhouse.py wheelhouse

The one distribution without wheels, durable-rules, is built here and never again: an install from the wheelhouse
needs no index, no compiler and no rights beyond a folder of its own. What is fetched is checked against
requirements/runtime.txt; what is built gets its hash in the wheelhouse's own requirements.txt.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "requirements" / "runtime.txt"
NAME = re.compile(r"(?P<name>[A-Za-z0-9_.]+)-(?P<version>[A-Za-z0-9_.!+]+)(?:-[0-9][^-]*)?-[^-]+-[^-]+-[^-]+\.whl")
README = """\
gonogo {version} for Python {python} on {platform}: everything that it needs, as wheels.

Install it without an index, without a compiler, without root:

    python{python} -m venv gonogo-venv
    gonogo-venv/bin/python -m pip install --no-index --find-links . --only-binary :all: \\
        --require-hashes -r requirements.txt
    gonogo-venv/bin/gonogo doctor

requirements.txt holds the SHA-256 of each wheel; pip refuses any other. durable-rules was compiled on the machine that
packed this folder, so it serves the same Python, the same processor, and a C library that is not older ({libc}).
"""


def main(target: Path) -> None:
    """Pack the wheelhouse in a folder of its own and put it in the place of an earlier one only when it is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".wheelhouse-") as folder:
        house = Path(folder) / "house"
        house.mkdir()
        fetch_and_build(house)
        wheels = sorted(house.glob("*.whl"))
        (house / "requirements.txt").write_text("".join(map(pinned, wheels)), encoding="utf-8")
        (house / "README.txt").write_text(readme(wheels), encoding="utf-8")
        if target.exists():
            if not (target / "requirements.txt").is_file() and any(target.iterdir()):
                raise SystemExit(f"{target} is there already and is no wheelhouse; name another folder")
            shutil.rmtree(target)
        house.rename(target)
    sys.stdout.write(f"{target}: {len(wheels)} wheels; to install them, follow {target / 'README.txt'}\n")


def fetch_and_build(house: Path) -> None:
    """Fetch each pinned wheel by its hash, build what has none, and build gonogo itself."""
    environment = dict(os.environ)
    if sys.version_info >= (3, 13):
        # durable-rules 2.0.28 builds to something importable on Python 3.13 only with this definition.
        flag = "-DPyEval_CallObject=PyObject_CallObject"
        if flag not in environment.get("CPPFLAGS", ""):
            environment["CPPFLAGS"] = f"{environment.get('CPPFLAGS', '')} {flag}".strip()
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    wheel = [*pip, "wheel", "--quiet", "--require-hashes", "--no-build-isolation", "-r", str(PINS), "-w", str(house)]
    subprocess.run(wheel, check=True, env=environment)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(house)]
    subprocess.run(build, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def pinned(wheel: Path) -> str:
    """Return the lines of a requirements file that ask for exactly this wheel."""
    match = NAME.fullmatch(wheel.name)
    if match is None:
        raise SystemExit(f"{wheel.name} is not named as a wheel is")
    name = re.sub(r"[-_.]+", "-", match["name"]).lower()
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name}=={match['version']} \\\n    --hash=sha256:{digest}\n"


def readme(wheels: list[Path]) -> str:
    """Return what the person who receives the folder needs to know."""
    [own] = [match for wheel in wheels if (match := NAME.fullmatch(wheel.name)) and match["name"] == "gonogo"]
    return README.format(
        version=own["version"],
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        platform=sysconfig.get_platform(),
        libc=" ".join(platform.libc_ver()).strip() or "of the system",
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python tools/wheelhouse.py FOLDER")
    main(Path(sys.argv[1]))
