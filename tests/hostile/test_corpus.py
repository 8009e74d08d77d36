"""The hostile corpus: a run with every attack beside honest collectors, as root and as a user without rights.

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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.figures import figure

import gonogo
from gonogo.testing.programs import write_distribution

HERE = Path(__file__).parent
pytestmark = [pytest.mark.heavy, pytest.mark.torture]
SOURCE = (HERE / "attacks.py").read_text(encoding="utf-8")
FOOTER = (HERE / "footer.py.txt").read_text(encoding="utf-8")
_TREE = ast.parse(SOURCE)


def said(name: str) -> Any:
    """What the attacks' module says under that name."""
    return next(
        ast.literal_eval(each.value)
        for each in _TREE.body
        if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", "") == name
    )


ATTACKS = [each.name for each in _TREE.body if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")]
DEADLY: dict[str, int] = said("DEADLY")
ALONE: tuple[str, ...] = said("ALONE")
QUIET = [name for name in ATTACKS if name not in {*DEADLY, *ALONE}]
"""One child tries them in turn."""
TOGETHER = 4
"""How many attacks come from one distribution, whose children run beside each other."""
USERS = ["root", "nobody"] if os.geteuid() == 0 else ["this user"]
EACH = figure("deadly attacks as a second user: one in", small=6, large=1)
"""What ends a process needs no right: it is the same as every user."""
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


def tried(user: str) -> dict[str, list[str]]:
    """Return the plugins that this user runs: the attacks of each, in the order of their turns."""
    deadly = list(DEADLY)[:: 1 if user == USERS[0] else EACH]
    return {"quiet": QUIET, **{name: [name] for name in ATTACKS if name in {*deadly, *ALONE}}}


def install(site: Path, plugins: dict[str, list[str]]) -> list[str]:
    """Install the plugins and the bystander; return the distributions in the order of their turns."""
    distributions = []
    names = list(plugins)
    for number in range(0, len(names), TOGETHER):
        together = names[number : number + TOGETHER]
        for name in together:
            text = SOURCE + FOOTER.replace("@NAMES@", " ".join(plugins[name]))
            (site / f"h_{name}.py").write_text(text, encoding="utf-8")
        distributions.append(f"hostile-{number // TOGETHER:02}")
        points = {name.replace("_", "-")[:40]: f"h_{name}" for name in together}
        write_distribution(site, distributions[-1], "1.0", points)
    (site / "bystander.py").write_text(BYSTANDER, encoding="utf-8")
    write_distribution(site, "zz-bystander", "1.0", {"bystander": "bystander"})
    return [*distributions, "zz-bystander"]


def write_program(root: Path, plugins: dict[str, list[str]], allow: list[str], place: dict[str, str]) -> None:
    """Write a program that is NO-GO by what a built-in collector reads, and has every plugin bound to it."""
    claims = [f"{plugin}.{name}" for plugin, names in plugins.items() for name in names]
    harmless = " and ".join(f"not {claim}" for claim in claims)
    criteria = [
        ("program.desk.known", "mandatory", "desk.posts >= 1"),
        ("system.desk.known", "mandatory", "desk.posts >= 1"),
        ("workforce.seats.known", "mandatory", "bystander.seats >= 4"),
        ("operations.desk.staffed", "mandatory", "desk.open_posts <= 0"),
        ("system.plugins.harmless", "advisory", harmless),
    ]
    facts = [f"{claim}, type: boolean" for claim in claims]
    facts += ["desk.open_posts, type: integer, unit: posts", "desk.posts, type: integer, unit: posts"]
    facts += ["bystander.seats, type: integer, unit: seats"]
    settings = json.dumps(place)
    bindings = [DESK]
    for name in plugins:
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
    allowed = [f"{{distribution: {each}, version: '1.0'}}" for each in allow]
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


@pytest.fixture(scope="module")
def run_as() -> Iterator[Callable[[str], Ran]]:
    """For each user one rehearsal of a program with an honest run in its log; then one with every attack."""
    folders: list[Path] = []
    package, libraries = Path(gonogo.__file__).parent, Path(sysconfig.get_path("purelib"))
    marks = [package / "hostile_mark.py", libraries / "hostile_mark.pth"]

    @cache
    def run(user: str) -> Ran:
        folders.append(Path(tempfile.mkdtemp(prefix="gonogo-corpus-")))
        return run_all(folders[-1], user, package, libraries)

    try:
        yield run
        assert not [mark for mark in marks if mark.exists()]
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        for mark in marks:
            mark.unlink(missing_ok=True)


@pytest.fixture(params=USERS)
def ran(request: pytest.FixtureRequest, run_as: Callable[[str], Ran]) -> Ran:
    """What came of the run as each user."""
    return run_as(request.param)


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
            plugins = tried(user)
            write_program(program, plugins, install(site, plugins), place)
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
    assert {*DEADLY, *ALONE} <= set(ATTACKS)
    assert sorted(name for names in tried(USERS[0]).values() for name in names) == sorted(ATTACKS)


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
        assert ran.seconds < sum(DEADLY.get(plugin, 30) + 1 for plugin in tried(USERS[-1]))

    @pytest.mark.parametrize(
        ("user", "plugin", "name"),
        [(user, plugin, name) for user in USERS for plugin, names in tried(user).items() for name in names],
    )
    def test_an_attack_gets_nothing(self, run_as: Callable[[str], Ran], user: str, plugin: str, name: str):
        """By its own account, where every wall stands; and it never passes for more than it is."""
        ran = run_as(user)
        found = ran.fact(f"{plugin}.{name}")
        if name in DEADLY:
            assert "reason" in found, found
        elif ran.level(plugin.replace("_", "-")) == "L2":
            assert found.get("value") is not True, found
        assert plugin != "quiet" or "value" in found, found

    def test_files_are_as_they_were(self, ran: Ran):
        """Evidence, ruleset, program, plugins: content, mode and time."""
        if ran.level("quiet") == "L2":
            assert ran.after == ran.before
            assert sorted(path.name for path in ran.marks.iterdir()) == ["socket"]

    def test_nothing_came_out(self, ran: Ran):
        """By none of the ways out."""
        if ran.level("quiet") == "L2":
            assert ran.heard == []

    def test_the_record_says_what_was_enforced(self, ran: Ran):
        """And what was not: a later reader cannot ask the machine any more."""
        for entry in ran.of("collector.finished"):
            assert (entry["level"] == "L2") == (entry["unenforced"] == [])
            assert entry["enforced"] or entry["level"] == "L1"
