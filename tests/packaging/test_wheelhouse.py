"""The wheelhouse: installed without an index, a compiler or root, and good enough to decide with."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import write_small

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
pytestmark = pytest.mark.heavy
HARBORLINE = ROOT / "examples/harborline/go"
AS_OF = "2027-04-19T12:00-04:00"
NOBODY = 65534
UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectTimeout|Temporary failure in name resolution|Name or service not known"
    r"|Network is unreachable|Connection refused|Read timed out|ProxyError|ReadTimeoutError",
)
PIN = re.compile(r"^([a-z0-9-]+)==(\S+) \\\n    --hash=sha256:([0-9a-f]{64})\n", re.MULTILINE)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every user of this machine can reach, which pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="gonogo-wheelhouse-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def house(place: Path) -> Path:
    """The wheelhouse of this checkout."""
    target = place / "wheelhouse"
    command = [sys.executable, str(ROOT / "tools/wheelhouse.py"), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=place, timeout=600)
    if done.returncode and UNREACHABLE.search(done.stderr):
        pytest.skip("the package index cannot be reached, so there is nothing to pack")
    assert done.returncode == 0, done.stderr[-3000:]
    return target


def reachable_python() -> str:
    """Return a Python of this version that another user may start."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    found = [sys._base_executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"]
    for candidate in found:
        if (
            Path(candidate).is_file()
            and as_nobody([candidate, "-c", "import ensurepip, venv"], cwd="/").returncode == 0
        ):
            return candidate
    pytest.skip(f"there is no {version} with venv that a user without rights may start")


def as_nobody(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command without root, without a compiler or anything else on its path, and without this checkout."""
    rights = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    environment = {"PATH": "/nonexistent", "HOME": "/nonexistent", "PIP_NO_CACHE_DIR": "1", "LC_ALL": "C.UTF-8"}
    try:
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            command, capture_output=True, text=True, check=False, timeout=300, env=environment, **rights, **options
        )
    except PermissionError as error:
        return subprocess.CompletedProcess(command, 126, "", str(error))


@pytest.fixture(scope="module")
def installed(house: Path, place: Path) -> Path:
    """A fresh environment of a user without rights, into which the wheelhouse was installed as its README says."""
    home = place / "home"
    home.mkdir()
    if os.geteuid() == 0:
        os.chown(home, NOBODY, NOBODY)
    python = reachable_python()
    made = as_nobody([python, "-m", "venv", str(home / "venv")], cwd=home)
    assert made.returncode == 0, made.stderr
    said = (house / "README.txt").read_text()
    pip = re.search(r"-m (pip install .*?-r requirements\.txt)", said, re.DOTALL)
    assert pip is not None
    arguments = pip[1].replace("\\\n", " ").split()
    done = as_nobody([str(home / "venv/bin/python"), "-m", *arguments], cwd=house)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return home


class TestHouse:
    def test_every_wheel_is_pinned_by_its_hash(self, house: Path):
        """A wheel that was swapped on its way to the agency is not installed."""
        pins = {digest: f"{name}=={version}" for name, version, digest in PIN.findall(read_pins(house))}
        wheels = sorted(house.glob("*.whl"))

        assert len(wheels) >= 20
        assert {hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels} == pins.keys()
        assert sorted(path.name for path in house.iterdir() if path.suffix != ".whl") == [
            "README.txt",
            "requirements.txt",
        ]

    def test_it_holds_every_requirement_and_gonogo_itself(self, house: Path):
        """One wheel that is not there, and the air-gapped machine asks an index that it does not have."""
        wanted = set(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements/runtime.txt").read_text(), re.MULTILINE))
        names = {name for name, _, _ in PIN.findall(read_pins(house))}

        assert names == {re.sub(r"[-_.]+", "-", name).lower() for name in wanted} | {"gonogo"}

    def test_it_names_no_place_of_the_machine_that_packed_it(self, house: Path):
        """Nobody's folders or package index belong into what is passed on."""
        text = read_pins(house) + (house / "README.txt").read_text()

        assert str(house.parent) not in text
        assert str(ROOT) not in text
        assert not re.search(r"https?://|file:", text)

    def test_a_folder_that_is_no_wheelhouse_is_not_replaced(self, tmp_path: Path):
        """Naming the wrong folder must not cost its content."""
        (tmp_path / "precious.txt").write_text("x")
        script = (
            "import runpy, sys; from pathlib import Path\n"
            f"tool = runpy.run_path({str(ROOT / 'tools/wheelhouse.py')!r})\n"
            "main = tool['main']\n"
            "main.__globals__.update(fetch_and_build=lambda house: None, readme=lambda wheels: '')\n"
            "main(Path(sys.argv[1]))\n"
        )

        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
        )

        assert done.returncode == 1
        assert "is no wheelhouse" in done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]


class TestInstalled:
    def test_one_changed_byte_is_refused(self, house: Path, installed: Path, tmp_path: Path):
        """The hashes are what is reviewed; the wheels only have to match them."""
        copy = installed / "tampered"
        shutil.copytree(house, copy)
        wheel = next(copy.glob("gonogo-*.whl"))
        data = bytearray(wheel.read_bytes())
        data[100] ^= 1
        wheel.write_bytes(bytes(data))
        pip = [str(installed / "venv/bin/python"), "-m", "pip", "install", "--no-index", "--find-links", str(copy)]

        done = as_nobody(
            [*pip, "--force-reinstall", "--no-deps", "--require-hashes", "-r", str(copy / "requirements.txt")],
            cwd=installed,
        )

        assert done.returncode != 0
        assert "DO NOT MATCH THE HASHES" in done.stderr

    def test_both_evaluators_are_there(self, installed: Path):
        """Without the compiled engine there would be no decision, only rehearsals."""
        done = as_nobody([str(installed / "venv/bin/gonogo"), "doctor"], cwd=installed)

        assert done.returncode == 0, done.stdout + done.stderr
        assert "durable-rules 2.0.28" in done.stdout

    @pytest.mark.skipif(not (HARBORLINE / "evidence").is_dir(), reason="the example is not generated: make example")
    def test_the_assessment_of_the_demo_runs(self, installed: Path):
        """The whole way, by a user who has nothing but a folder."""
        program = installed / "program"
        shutil.copytree(HARBORLINE, program, ignore=shutil.ignore_patterns("audit", "m3-hardened"))
        if os.geteuid() == 0:
            for path in (program, *program.rglob("*")):
                os.chown(path, NOBODY, NOBODY)

        done = as_nobody([str(installed / "venv/bin/gonogo"), "assess", str(program), "--as-of", AS_OF], cwd=installed)

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines()[-1] == "verdict=GO"

    def test_an_office_gets_its_workbook_and_its_calendar(self, installed: Path):
        """Week one is workbooks; there is no index to fetch what writes them from."""
        program = write_small(installed / "office").root
        if os.geteuid() == 0:
            for path in (program, *program.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        gonogo = [str(installed / "venv/bin/gonogo")]

        made = as_nobody([*gonogo, "workbook", str(program), "-o", str(program / "w.xlsx")], cwd=installed)
        asked = as_nobody(
            [*gonogo, "requests", str(program), "--as-of", AS_OF, "-o", f"ics:{program / 'r.ics'}"], cwd=installed
        )

        assert made.returncode == 0, made.stderr
        assert asked.returncode == 0, asked.stderr
        assert (program / "w.xlsx").read_bytes().startswith(b"PK")
        assert (program / "r.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def read_pins(house: Path) -> str:
    return (house / "requirements.txt").read_text(encoding="utf-8")
