"""The hostile corpus: one run with every attack beside honest collectors, as root and as a user without rights.

No attack makes a verdict better, changes what others answered, is believed, or outlives the run; and the process ends
with the code that is recorded. Where this kernel has every wall, no attack gets what it wanted either.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import gonogo
from gonogo.testing.programs import write_distribution

HERE = Path(__file__).parent
pytestmark = pytest.mark.heavy
SOURCE = (HERE / "attacks.py").read_text(encoding="utf-8")
FOOTER = (HERE / "footer.py.txt").read_text(encoding="utf-8")
_TREE = ast.parse(SOURCE)
ATTACKS = [each.name for each in _TREE.body if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")]
DEADLY: dict[str, int] = next(
    ast.literal_eval(each.value)
    for each in _TREE.body
    if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", "") == "DEADLY"
)
TOGETHER = 4
"""How many attacks come from one distribution, whose children run beside each other."""
USERS = ["root", "nobody"] if os.geteuid() == 0 else ["this user"]
NOW = "2027-04-19T16:00:00Z"

BYSTANDER = """
from gonogo.plugin.spec import LocalFact, NoSettings, hookimpl

SEATS = LocalFact(name="seats", type="integer", unit="seats", meaning="Seats.")


class Bystander:
    name = "bystander"
    facts = (SEATS,)
    settings = NoSettings
    network = ()

    def declare(self, settings):
        return self.facts

    def collect(self, job, settings):
        with open(job.scratch + "/mine", "w") as stream:
            stream.write("4")
        with open(job.scratch + "/mine") as stream:
            yield SEATS.value(int(stream.read()), as_of=job.now)


@hookimpl
def gonogo_register_collectors(register):
    register(Bystander())
"""
CRITERION = """\
  - id: {id}
    title: {id}
    statement: {id} holds.
    why: It matters.
    severity: {severity}
    require: {require}
    max_age: 30d
    owner: provider.program_manager
    remedy: Mend it.
    source: [S1]
"""
DESK = """\
  - id: desk
    collector: table
    as: desk
    path: evidence/desk.csv
    as_of: {at: "2027-04-18T12:00Z", by: Bo Lind}
    side: provider
    producer: Service desk
    settings:
      tables:
        posts: {columns: {post: {type: id}, state: {type: text, allowed: [filled, open]}}, unique: [post]}
      facts:
        open_posts: {count: {where: 'state == "open"'}, unit: posts}
        posts: {count: {}, unit: posts}
"""


@dataclass(frozen=True)
class Ran:
    """What came of the run.

    Attributes:
        program: The program's folder.
        marks: Folder of what attacks left.
        code: Exit code.
        out: Standard output.
        err: Standard error.
        left: Processes that were left.
        seconds: How long it took.
        events: The audit log.
        before: Digest of every file of the program and of the installed plugins before the run.
        after: The same afterwards.
        heard: What came to the listeners of this test.
    """

    program: Path
    marks: Path
    code: int
    out: str
    err: str
    left: list[str]
    seconds: float
    events: list[dict[str, Any]]
    before: dict[str, str]
    after: dict[str, str]
    heard: list[bytes]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [entry["data"] for entry in self.events if entry["type"] == kind]

    def level(self, binding: str) -> str:
        return str(next(entry["level"] for entry in self.of("collector.finished") if entry["binding"] == binding))

    def fact(self, name: str) -> dict[str, Any]:
        """What was admitted for a fact: evidence, or a gap."""
        kinds = ("evidence.admitted", "gap.recorded")
        return next(entry["data"] for entry in self.events if entry["type"] in kinds and entry["data"]["fact"] == name)


def install(site: Path) -> list[tuple[str, str]]:
    """Install every attack and the bystander; return plugin names and distributions in the order of their turns."""
    found = []
    for number in range(0, len(ATTACKS), TOGETHER):
        distribution = f"hostile-{number // TOGETHER:02}"
        names = ATTACKS[number : number + TOGETHER]
        for name in names:
            (site / f"h_{name}.py").write_text(SOURCE + FOOTER.replace("@ATTACK@", name), encoding="utf-8")
            found.append((name, distribution))
        write_distribution(site, distribution, "1.0", {name.replace("_", "-")[:40]: f"h_{name}" for name in names})
    (site / "bystander.py").write_text(BYSTANDER, encoding="utf-8")
    write_distribution(site, "zz-bystander", "1.0", {"bystander": "bystander"})
    return found


def write_program(root: Path, installed: list[tuple[str, str]], place: dict[str, str]) -> None:
    """Write a program that is NO-GO by what a built-in collector reads, and has every attack bound to it."""
    harmless = " and ".join(f"not {name}.worked" for name, _ in installed)
    criteria = [
        ("program.desk.known", "mandatory", "desk.posts >= 1"),
        ("system.desk.known", "mandatory", "desk.posts >= 1"),
        ("workforce.seats.known", "mandatory", "bystander.seats >= 4"),
        ("operations.desk.staffed", "mandatory", "desk.open_posts <= 0"),
        ("system.plugins.harmless", "advisory", harmless),
    ]
    facts = [f"{name}.worked, type: boolean" for name, _ in installed]
    facts += ["desk.open_posts, type: integer, unit: posts", "desk.posts, type: integer, unit: posts"]
    facts += ["bystander.seats, type: integer, unit: seats"]
    settings = json.dumps(place)
    bindings = [DESK]
    for name, _ in installed:
        takes = (
            '    path: evidence/desk.csv\n    as_of: {at: "2027-04-18T12:00Z", by: Bo Lind}\n'
            if name == "rewrites_its_own_input"
            else ""
        )
        bindings.append(
            f"  - id: {name.replace('_', '-')}\n    collector: {name.replace('_', '-')[:40]}\n    as: {name}\n{takes}"
            f"    side: provider\n    producer: Somebody\n    deadline: {DEADLY.get(name, 30)}s\n"
            f"    settings: {settings}\n"
        )
    bindings.append(
        "  - {id: bystander, collector: bystander, as: bystander, side: provider, producer: Somebody, deadline: 30s}\n"
    )
    distributions = sorted({distribution for _, distribution in installed} | {"zz-bystander"})
    allowed = [f"{{distribution: {each}, version: '1.0'}}" for each in distributions]
    files = {
        "rules/ruleset.yaml": 'schema: 1\nname: small\nversion: "1.0.0"\ntitle: Small\npolicy:\n  milestones: [T-0]\n'
        "  caps: {domain: 3, total: 8}\nsources: {S1: A source}\ncriteria:\n"
        + "".join(CRITERION.format(id=each, severity=kind, require=words) for each, kind, words in criteria),
        "rules/facts.yaml": "schema: 1\nfacts:\n"
        + "".join(f"  - {{name: {each}, meaning: A fact., question: What is it?}}\n" for each in facts),
        "gonogo.yaml": "schema: 1\n"
        "program: {id: small, customer: Small Agency, provider: Shared Services, time_zone: America/New_York}\n"
        'releases: [{id: first, go_live: "2027-05-03T12:00Z"}]\nruleset: ./rules\npeople: people.yaml\nevidence:\n'
        + "".join(bindings)
        + f"plugins: {{allow: [{', '.join(allowed)}]}}\n",
        "people.yaml": "schema: 1\npeople:\n"
        "  - {role: customer.executive_sponsor, person: ada.kirsch, name: Ada Kirsch}\n",
        "evidence/desk.csv": "post,state\nD1,filled\nD2,open\n",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def digests(*folders: Path) -> dict[str, str]:
    """Return mode, time and digest of every file, but for those that a run writes."""
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not {"audit", "audit.html"} & set(path.parts):
                status = path.stat()
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                found[str(path)] = f"{status.st_mode:o} {status.st_mtime_ns} {content}"
    return found


@pytest.fixture(scope="module", params=USERS)
def ran(request: pytest.FixtureRequest) -> Iterator[Ran]:
    """One rehearsal of a program with an honest run in its log; then one with every attack."""
    folder = Path(tempfile.mkdtemp(prefix="gonogo-corpus-"))
    package, libraries = Path(gonogo.__file__).parent, Path(sysconfig.get_path("purelib"))
    marks = [package / "hostile_mark.py", libraries / "hostile_mark.pth"]
    try:
        yield run_all(folder, request.param, package, libraries)
        assert not [mark for mark in marks if mark.exists()]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        for mark in marks:
            mark.unlink(missing_ok=True)


def run_all(folder: Path, user: str, package: Path, libraries: Path) -> Ran:
    program, site, marks = folder / "program", folder / "site", folder / "marks"
    for each in (program, site, marks):
        each.mkdir()
    marks.chmod(0o777)
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", port))
        with socket.socket(socket.AF_UNIX) as named, socket.socket(socket.AF_UNIX) as abstract:
            named.bind(f"{marks}/socket")
            Path(f"{marks}/socket").chmod(0o777)
            abstract.bind(f"\0gonogo-{port}")
            for listening in (named, abstract):
                listening.listen()
            place = {"root": str(program), "site": str(site), "marks": str(marks), "port": str(port)}
            place |= {"package": str(package), "libraries": str(libraries)}
            write_program(program, install(site), place)
            if user == "nobody":
                for path in (folder, *folder.rglob("*")):
                    os.chown(path, 65534, 65534)
            folder.chmod(0o755)
            before = digests(program, site)
            told = assess(program, site, user)
            heard = [*knocked(tcp, udp, named, abstract)]
    log = program / "audit" / "000001.jsonl"
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    ended = [told[key] for key in ("code", "out", "err", "left", "seconds")]
    return Ran(program, marks, *ended, events, before, digests(program, site), heard)


def assess(program: Path, site: Path, user: str) -> dict[str, Any]:
    """Run ``gonogo assess`` below a keeper that sees who is left of it."""
    command = [sys.executable, "-B", str(HERE / "keeper.py"), sys.executable, "-B", "-m", "gonogo", "assess"]
    command += [str(program), "--as-of", NOW, "-o", f"html:{program / 'audit.html'}", "-o", "terminal"]
    if user == "nobody":
        command = [sys.executable, "-B", str(HERE / "unprivileged.py"), *command]
    environment = {**os.environ, "PYTHONPATH": str(site), "GONOGO_CANARY": "secret", "HOME": "/nonexistent"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd="/", timeout=300)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def knocked(*sockets: socket.socket) -> Iterator[bytes]:
    """What came to each socket."""
    for each in sockets:
        each.setblocking(False)
        try:
            if each.type == socket.SOCK_DGRAM:
                yield each.recv(10)
            else:
                each.accept()[0].close()
                yield b"connection"
        except BlockingIOError:
            continue


def test_the_corpus_is_large_enough():
    """A corpus that lost its attacks proves nothing."""
    assert len(ATTACKS) >= 50
    assert set(DEADLY) <= set(ATTACKS)


class TestCorpus:
    def test_the_verdict_is_no_better(self, ran: Ran):
        """A post of the desk is open, whatever anybody else would like to be true."""
        assert [entry["decision"]["verdict"] for entry in ran.of("decision.made")] == ["NO-GO"], ran.err
        assert ran.fact("desk.open_posts")["value"] == 1

    def test_the_exit_code_is_the_recorded_one(self, ran: Ran):
        """A pipeline reads nothing else."""
        assert [entry["exit_code"] for entry in ran.of("run.finished")] == [ran.code] == [1]
        assert ran.out.rstrip().endswith("verdict=NO-GO")

    def test_nothing_was_loaded_late(self, ran: Ran):
        """Whatever an attack rewrote was not run."""
        assert "was to be loaded" not in ran.err
        assert "Traceback" not in ran.err

    def test_honest_collectors_are_heard(self, ran: Ran):
        """The last in line runs after all the others have done their worst."""
        assert ran.fact("bystander.seats")["value"] == 4
        assert ran.fact("desk.posts")["value"] == 2

    def test_nobody_is_left(self, ran: Ran):
        """Neither child nor orphan, when the run has ended."""
        assert ran.left == []

    def test_it_ended_in_time(self, ran: Ran):
        """A deadline and a second each, were they to run one after the other."""
        assert ran.seconds < sum(DEADLY.get(name, 30) + 1 for name in ATTACKS)

    @pytest.mark.parametrize("name", ATTACKS)
    def test_an_attack_gets_nothing(self, ran: Ran, name: str):
        """By its own account, where every wall stands; and it never passes for more than it is."""
        found = ran.fact(f"{name}.worked")
        if name in DEADLY:
            assert "reason" in found, found
        elif ran.level(name.replace("_", "-")) == "L2":
            assert found.get("value") is not True, found

    def test_files_are_as_they_were(self, ran: Ran):
        """Evidence, ruleset, program, plugins: content, mode and time."""
        if ran.level("rewrites-evidence") == "L2":
            assert ran.after == ran.before
            assert sorted(path.name for path in ran.marks.iterdir()) == ["socket"]

    def test_nothing_came_out(self, ran: Ran):
        """By none of the ways out."""
        if ran.level("connects-by-tcp") == "L2":
            assert ran.heard == []

    def test_the_record_says_what_was_enforced(self, ran: Ran):
        """And what was not: a later reader cannot ask the machine any more."""
        for entry in ran.of("collector.finished"):
            assert (entry["level"] == "L2") == (entry["unenforced"] == [])
            assert entry["enforced"] or entry["level"] == "L1"
