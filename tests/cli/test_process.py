"""Real processes: what only the whole of one shows. Imports, signals, pipes, full disks, hostile surroundings."""

import os
import signal
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from gonogo.audit.history import open_history
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.model.event import EventType
from gonogo.testing.programs import write_distribution, write_plugin

GONOGO = [sys.executable, "-m", "gonogo"]
CONSOLE = Path(sys.executable).with_name("gonogo")
BLOCKED = """
import os, sys

class Windows:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "resource", "termios", "tty", "pty", "pwd", "grp", "syslog"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Windows())
for name in ("fcntl", "resource", "termios", "pwd", "grp"):
    sys.modules.pop(name, None)
for name in ("fork", "forkpty", "setsid", "waitpid", "killpg", "geteuid", "getuid", "pidfd_open", "memfd_create"):
    if hasattr(os, name):
        delattr(os, name)
from gonogo.cli import run
sys.exit(run(sys.argv[1:]))
"""
LATE = """
    import time
    from pathlib import Path

    from gonogo.model.fact import FactType
    from gonogo.plugin.spec import LocalFact, NoSettings, hookimpl

    OPEN = LocalFact("open_posts", FactType.INTEGER, "Open posts.", "posts")

    class Late:
        name = "late"
        facts = (OPEN,)
        settings = NoSettings
        network = ()

        def declare(self, settings):
            return self.facts

        def collect(self, job, settings):
            Path({marker!r}).write_text("started")
            time.sleep(300)
            yield OPEN.value(0, as_of=job.now)

    @hookimpl
    def gonogo_register_collectors(register):
        register(Late())
"""


def ended(command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)


def plant(folder, *names):
    for name in names:
        (folder / f"{name}.py").write_text("import os\nos._exit(0)\n")


class TestImports:
    @pytest.mark.parametrize("option", ["--version", "--help"])
    def test_a_question_about_gonogo_itself_imports_nothing_heavy(self, option):
        """A start must stay quick; a library that is broken must not keep anybody from the help."""
        script = (
            "import sys; from gonogo.cli import run; code = run(sys.argv[1:]); "
            "heavy = {'pydantic', 'structlog', 'rich', 'pluggy', 'yaml', 'duckdb', 'jinja2'} & set(sys.modules); "
            "sys.exit(f'imported {heavy}' if heavy else code)"
        )

        found = ended([sys.executable, "-c", script, option])

        assert (found.returncode, found.stderr) == (0, "")

    @pytest.mark.parametrize(
        "arguments",
        [
            ["report", "{0}"],
            ["log", "verify", "{0}"],
            ["lint", "{0}/rules"],
            ["facts"],
            ["schema"],
            ["plugins", "list"],
            ["explain", "operations.desk.staffed", "--program", "{0}"],
        ],
        ids=lambda arguments: arguments[0],
    )
    def test_reading_needs_no_posix(self, arguments, assessed):
        """A customer's lead reads the report on a Windows laptop."""
        found = ended([sys.executable, "-c", BLOCKED, *(part.format(assessed.root) for part in arguments)])

        assert (found.returncode, found.stderr) == (0, "")
        assert found.stdout

    def test_assessing_without_posix_is_undecided_and_says_where_to_go(self, small):
        """Not a traceback, and not a verdict."""
        found = ended([sys.executable, "-c", BLOCKED, *small.arguments])

        assert (found.returncode, found.stdout) == (4, "")
        assert "WSL 2" in found.stderr
        assert "Traceback" not in found.stderr


class TestSurroundings:
    @pytest.mark.parametrize("flags", [[], ["-O"], ["-OO"], ["-P"]], ids=str)
    def test_modules_planted_in_the_working_folder_are_not_imported(self, flags, small_program, tmp_path):
        """And no check is an assert. (`python -m gonogo` where a gonogo.py lies is that file: Python's own rule.)"""
        small = small_program(trained=10)
        plant(tmp_path, "json", "signal", "click", "yaml", "pydantic", "durable_rules_engine", "sitecustomize")

        found = ended([sys.executable, *flags, "-m", "gonogo", *small.arguments], cwd=tmp_path)

        assert found.returncode == 1, found.stderr
        assert found.stdout.splitlines()[-1] == "verdict=NO-GO"

    @pytest.mark.skipif(not CONSOLE.exists(), reason="the console script is not installed beside this Python")
    def test_an_empty_entry_of_pythonpath_does_not_bring_the_working_folder_in(self, small_program, tmp_path):
        """`PYTHONPATH=$TOOLS:` while TOOLS is not set: Python takes the empty entry for the current folder."""
        small = small_program(trained=10)
        plant(tmp_path, "json", "contextlib", "signal", "click", "yaml", "pydantic")
        env = {**os.environ, "PYTHONPATH": os.pathsep}

        found = ended([str(CONSOLE), *small.arguments], cwd=tmp_path, env=env)

        assert found.returncode == 1, found.stderr
        assert found.stdout.splitlines()[-1] == "verdict=NO-GO"

    @pytest.mark.parametrize("way", ["-i", "PYTHONINSPECT"])
    def test_an_interpreter_that_goes_on_reading_does_not_end_with_a_code_of_its_own(self, way, small_program):
        """`python -i` ends with 0 when its input does, whatever was decided."""
        small = small_program(trained=10)
        command, env = list(GONOGO), dict(os.environ)
        if way == "-i":
            command.insert(1, "-i")
        else:
            env[way] = "1"

        judged = ended([*command, *small.arguments], stdin=subprocess.DEVNULL, env=env)
        refused = ended([*command, "assess", str(small.root / "nowhere")], stdin=subprocess.DEVNULL, env=env)

        assert (judged.returncode, refused.returncode) == (1, 2)
        assert judged.stdout.splitlines()[-1] == "verdict=NO-GO"

    def test_no_distribution_runs_in_the_host_as_a_plugin_of_pydantic(self, small, tmp_path):
        """Only what the program names is started, and in a child."""
        info = tmp_path / "stranger-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[pydantic]\nstranger = stranger:plugin\n")
        (tmp_path / "stranger.py").write_text("import os\nos._exit(0)\n")

        found = ended([*GONOGO, *small.arguments], env={**os.environ, "PYTHONPATH": str(tmp_path)})

        assert found.returncode == 0, found.stderr
        assert found.stdout.splitlines()[-1] == "verdict=GO"

    def test_the_time_zones_of_the_host_change_no_digest(self, small, tmp_path):
        """A day of the program begins at one moment, on a machine with old or changed zone data too."""
        wrong = tmp_path / "zones" / "America" / "New_York"
        wrong.parent.mkdir(parents=True)
        data = files("tzdata") / "zoneinfo" / "Pacific" / "Kiritimati"
        wrong.write_bytes(data.read_bytes())
        digests = set()
        for zones in ("", str(tmp_path / "zones")):
            ended([*GONOGO, *small.arguments], env={**os.environ, "PYTHONTZPATH": zones})
            digests.add(open_history(small.log).runs[-1].digest)

        assert len(digests) == 1

    @pytest.mark.skipif(not CONSOLE.exists(), reason="the console script is not installed beside this Python")
    def test_the_console_script_minds_no_trap_and_no_variable(self, small_program, tmp_path):
        """How it is really called."""
        small = small_program(trained=10)
        plant(tmp_path, "json", "gonogo", "contextlib", "os", "durable_rules_engine")

        found = ended([str(CONSOLE), *small.arguments], cwd=tmp_path, env={**os.environ, "PYTHONOPTIMIZE": "2"})

        assert found.returncode == 1, found.stderr
        assert found.stdout.splitlines()[-1] == "verdict=NO-GO"

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252:strict"])
    def test_output_is_utf_8_whatever_python_thinks_of_the_terminal(self, encoding, small):
        """A dash in a sentence must not end a run with a traceback."""
        found = subprocess.run(
            [*GONOGO, "lint", str(small.root)],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
            check=False,
        )

        assert found.returncode == 0, found.stderr
        found.stdout.decode("utf-8")

    def test_the_engine_that_cannot_be_imported_is_undecided_with_the_remedy(self, small, tmp_path):
        """It is installed, and broken: what Python 3.13 does to it."""
        (tmp_path / "shim").mkdir()
        (tmp_path / "shim" / "durable_rules_engine.py").write_text("raise ImportError('undefined symbol')\n")
        env = {**os.environ, "PYTHONPATH": str(tmp_path / "shim")}

        found = ended([*GONOGO, *small.arguments], env=env)
        asked = ended([*GONOGO, "doctor", str(small.root)], env=env)

        assert (found.returncode, found.stdout) == (4, "")
        assert "undefined symbol" in found.stderr
        assert "pip install" in found.stderr
        assert [entry.type for entry in read_log(small.log)] == [EventType.LOG_OPENED, EventType.RUN_ABORTED]
        assert asked.returncode == 1
        assert "MISS Rule engine" in asked.stdout

    def test_completion_works_through_the_shim(self):
        """What the shell really calls."""
        env = {**os.environ, "_GONOGO_COMPLETE": "bash_complete", "COMP_WORDS": "gonogo pr", "COMP_CWORD": "1"}

        found = ended(GONOGO, env=env)

        assert (found.returncode, found.stderr) == (0, "")
        assert "progress" in found.stdout


class TestPipes:
    def test_a_reader_that_goes_away_ends_quietly(self):
        """`gonogo facts | head -1`"""
        with subprocess.Popen([*GONOGO, "facts"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            err = process.stderr.read()
            code = process.wait(60)

        assert (code, err) == (4, b"")

    def test_surroundings_that_refuse_are_a_sentence_and_not_a_traceback(self, small, tmp_path):
        """A help text on a full disk; a shell in a folder that was deleted."""
        gone = tmp_path / "gone"
        gone.mkdir()

        with Path("/dev/full").open("wb") as full:
            unread = subprocess.run([*GONOGO, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        lost = ended(["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", *GONOGO, *small.arguments], cwd=gone)

        for found in (unread, lost):
            assert found.returncode == 4
            assert found.stderr.startswith("error[G500] the system refused")
            assert "Traceback" not in found.stderr

    def test_a_verdict_that_nobody_could_hear_is_not_returned(self, small):
        """The run is recorded; the exit code is not the verdict's."""
        with Path("/dev/full").open("wb") as full:
            found = subprocess.run([*GONOGO, *small.arguments], stdout=full, stderr=subprocess.PIPE, check=False)

        assert found.returncode == 4
        assert b"gonogo report" in found.stderr
        assert b"Traceback" not in found.stderr
        assert open_history(small.log).runs[0].verdict is not None

    @pytest.mark.parametrize("closed", [[0], [1], [2], [0, 1, 2]])
    def test_closed_streams_never_give_a_better_code_and_never_harm_the_log(self, closed, small_program):
        """`>&-`: files that are opened next get the numbers of the streams."""
        small = small_program(trained=10)

        def close():
            for number in closed:
                os.close(number)

        process = subprocess.Popen([*GONOGO, *small.arguments], preexec_fn=close)

        assert process.wait(120) in (1, 4)
        assert verify_log(small.log).ok

    def test_nobody_watching_means_nothing_on_stderr(self, small):
        """A pipeline's log holds results, not progress."""
        found = ended([*GONOGO, *small.arguments])

        assert (found.returncode, found.stderr) == (0, "")

    def test_colour_only_where_a_person_watches(self, assessed):
        """And not where NO_COLOR is set; progress shows on that person's stderr."""
        pty = pytest.importorskip("pty")

        def watched(**more):
            ours, theirs = pty.openpty()
            env = {**os.environ, "TERM": "xterm", "COLUMNS": "100", **more}
            env = {key: value for key, value in env.items() if value is not None}
            process = subprocess.Popen([*GONOGO, *assessed.arguments], stdout=theirs, stderr=theirs, env=env)
            os.close(theirs)
            parts = []
            while True:
                try:
                    part = os.read(ours, 65536)
                except OSError:
                    break
                if not part:
                    break
                parts.append(part)
            os.close(ours)
            assert process.wait(120) == 0
            return b"".join(parts)

        coloured, plain = watched(NO_COLOR=None), watched(NO_COLOR="1")

        assert b"\x1b[" in coloured
        assert "Collecting evidence …".encode() in coloured
        assert b"\x1b" not in plain


class TestRecord:
    def test_a_full_disk_gives_no_verdict(self, small):
        """The log's first bytes fit, the run does not."""
        resource = pytest.importorskip("resource")

        found = ended(
            [*GONOGO, *small.arguments], preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
        )

        assert (found.returncode, found.stdout) == (4, "")
        assert "audit log" in found.stderr
        assert not [entry for entry in read_log(small.log) if entry.type is EventType.RUN_FINISHED]

    def test_two_runs_at_once_are_both_recorded_whole(self, small):
        """Two pipelines, one program."""
        both = [
            subprocess.Popen([*GONOGO, *small.arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        told = [process.communicate(timeout=120) for process in both]

        assert [process.returncode for process in both] == [0, 0], told
        found = verify_log(small.log)
        assert found.ok
        assert [entry.state.value for entry in found.runs] == ["finished", "finished"]

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_an_interrupted_run_is_recorded_as_aborted_and_undecided(self, number, small, tmp_path):
        """A cancelled pipeline: exit 4, no verdict, nobody left running."""
        marker = tmp_path / "started"
        site = tmp_path / "site"
        write_plugin(site, "late", LATE.format(marker=str(marker)), own=False)
        write_distribution(site, "late-dist", "1.0", {"late": "late"})
        small.edit(
            "gonogo.yaml",
            "collector: table\n    as: desk\n    path: evidence/desk.csv",
            "collector: late\n    as: desk\n    path: evidence/desk.csv",
        )
        text = small.file.read_text()
        start = text.index("    settings:\n      tables:\n        posts")
        end = text.index("  - id: statements")
        small.file.write_text(
            text[:start] + text[end:] + "plugins: {allow: [{distribution: late-dist, version: '1.0'}]}\n"
        )
        process = subprocess.Popen(
            [*GONOGO, *small.arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(site)},
            preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # a suite in the background may ignore it
        )
        while not (marker.exists() or _executed_below(process.pid)) and process.poll() is None:
            time.sleep(0.02)  # behind its walls the plugin cannot write the marker

        process.send_signal(number)
        out, err = process.communicate(timeout=60)

        assert (process.returncode, out) == (4, ""), err
        assert "interrupted" in err
        assert "Traceback" not in err
        assert [entry.type for entry in read_log(small.log)] == [EventType.LOG_OPENED, EventType.RUN_ABORTED]
        assert [entry.state.value for entry in open_history(small.log).runs] == ["aborted"]


def _executed_below(pid: int) -> bool:
    """Whether a third party's child runs below a process."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return b"gonogo.plugin.serving" in Path(f"/proc/{pid}/cmdline").read_bytes() or any(
            _executed_below(int(child)) for child in children
        )
    except OSError:
        return False
