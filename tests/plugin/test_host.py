"""The host of collectors: honest ones are heard, every other one ends as gaps that say so."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError, UsageError
from gonogo.isolate import WALLS
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.model.program import AllowedPlugin, AsOf, AsOfRule, Handling, InputPath, Marking
from gonogo.model.reply import Reply
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import check_bindings, collect
from gonogo.plugin.offers import describe
from gonogo.signing.variables import SECRETS
from gonogo.testing.jobs import SAMPLE_NOW
from gonogo.testing.programs import SAMPLE_RELEASE, binding_of, program_of, vocabulary_of, write_plugin

HONEST = """
    import ctypes, os, signal, sys, threading, time
    from decimal import Decimal
    from gonogo.plugin.spec import *

    OPEN = LocalFact(name="open", type="integer", unit="items", meaning="Open items.")
    DONE = LocalFact(name="done_ratio", type="ratio", meaning="Done items, out of all.")

    class MySettings(Settings):
        limit: int = 3

    class Honest:
        name = "honest"
        facts = (OPEN, DONE)
        settings = MySettings
        network = ()

        def declare(self, settings):
            return self.facts

        def collect(self, job, settings):
            yield OPEN.value(settings.limit, as_of=job.now, where="row 2")
            yield DONE.counted(part=9, whole=10, as_of=job.now)

    @hookimpl
    def gonogo_register_collectors(register):
        register(Honest())
"""


def source(collect: str = "", *, top: str = "", methods: str = "", register: str = "", after: str = "") -> str:
    """Return the honest plugin, with a part of it replaced by a hostile one."""
    import textwrap

    text = textwrap.dedent(HONEST)
    if collect:
        head, _, tail = text.partition("        yield OPEN")
        rest = tail[tail.index("@hookimpl") :]
        text = head + textwrap.indent(textwrap.dedent(collect).strip(), " " * 8) + "\n\n" + rest
    if methods:
        text = text.replace(
            "    def declare(self, settings):\n        return self.facts\n", textwrap.indent(methods, "    ")
        )
    if register:
        text = text[: text.index("@hookimpl")] + textwrap.dedent(register)
    return textwrap.dedent(top) + text + textwrap.dedent(after)


def ask(entry, root: Path, program=None, **more) -> Reply:
    program = program if program is not None else program_of(binding_of(entry.name, deadline_s=10))
    given = {"root": root, "release": SAMPLE_RELEASE, "now": SAMPLE_NOW, "entries": {entry.name: entry}}
    [reply] = collect(CollectionRequest(program, **(given | more)))
    return reply


def told(reply: Reply) -> dict[str, tuple[GapReason | None, str]]:
    """What a reader would be told of each fact of the honest plugin."""
    if reply.failure is not None:
        return {"": (reply.failure.reason, reply.failure.detail)}
    return {item.fact: (item.gap, item.detail) for item in reply.items}


class TestHonest:
    @pytest.mark.parametrize("own", [True, False], ids=["forked", "executed"])
    def test_answers_under_the_prefix_of_its_binding(self, tmp_path: Path, own: bool):
        """The same collector serves as often as it is bound, each time under names of its own."""
        entry = write_plugin(tmp_path, "honest_plugin", source(), own=own)
        program = program_of(
            binding_of(entry.name, settings={"limit": 7}),
            allow=(AllowedPlugin(distribution=entry.distribution, version=entry.version),),
        )

        reply = ask(entry, tmp_path, program)

        assert reply.failure is None
        assert reply.declared == ("sample.open", "sample.done_ratio")
        assert reply.collector == "honest_plugin:honest"
        assert reply.level == ("L1" if reply.unenforced else "L2")
        assert sorted((*reply.enforced, *reply.unenforced)) == sorted(WALLS)
        assert [(item.fact, item.value, item.part, item.whole, item.where) for item in reply.items] == [
            ("sample.open", 7, None, None, "row 2"),
            ("sample.done_ratio", None, 9, 10, ""),
        ]
        assert reply.items[0].as_of == SAMPLE_NOW

    def test_reads_what_the_host_opened(self, tmp_path: Path):
        """A collector is handed bytes and a base name; the reply names the digest that the host took."""
        (tmp_path / "evidence").mkdir()
        (tmp_path / "evidence" / "roster.csv").write_bytes(b"id\n1\n")
        entry = write_plugin(
            tmp_path,
            "reading",
            source("""
                entry = job.input()
                yield OPEN.value(len(entry.read()), as_of=job.now, where=entry.file_name)
                yield DONE.missing(repr([name for name in vars(type(entry)) if "path" in name]))
            """),
        )

        reply = ask(entry, tmp_path, program_of(binding_of("reading", paths=["evidence/roster.csv"])))

        assert (reply.items[0].value, reply.items[0].where) == (5, "roster.csv")
        assert reply.items[1].detail == "[]"
        assert reply.inputs[0].path == "evidence/roster.csv"
        assert reply.inputs[0].sha256 == hashlib.sha256(b"id\n1\n").hexdigest()
        assert reply.inputs[0].size == 5

    def test_keeps_what_was_answered_before_it_raised(self, tmp_path: Path):
        """One bad sheet must not hide what the others say; the rest are gaps with the first line of the error."""
        entry = write_plugin(
            tmp_path, "halfway", source("yield OPEN.value(1, as_of=job.now)\nraise ValueError('cell F12\\nmore')")
        )

        reply = ask(entry, tmp_path)

        assert told(reply) == {
            "sample.open": (None, ""),
            "sample.done_ratio": (GapReason.MALFORMED, "ValueError: cell F12"),
        }

    def test_a_refusal_keeps_its_own_reason(self, tmp_path: Path):
        """A collector that knows why a source proves nothing says so itself."""
        entry = write_plugin(
            tmp_path,
            "refusing",
            source("""
                from gonogo.model.evidence import GapReason
                raise CollectorRefusal("The template has no column for it.", GapReason.NOT_PROVABLE)
                yield
            """),
        )

        assert told(ask(entry, tmp_path))["sample.open"] == (
            GapReason.NOT_PROVABLE,
            "The template has no column for it.",
        )

    def test_only_asks_the_named_binding(self, tmp_path: Path):
        """Who repairs one source wants to see that source alone."""
        entry = write_plugin(tmp_path, "honest_plugin", source())
        program = program_of(binding_of(entry.name, id="one"), binding_of(entry.name, id="two", prefix="other"))

        assert ask(entry, tmp_path, program, only=["two"]).binding == "two"
        with pytest.raises(UsageError, match="did you mean 'two'"):
            ask(entry, tmp_path, program, only=["twoo"])

    def test_does_not_ask_a_binding_of_another_release(self, tmp_path: Path):
        """Evidence of another release is not evidence of this one."""
        entry = write_plugin(tmp_path, "honest_plugin", source())
        program = program_of(binding_of(entry.name, release="payroll-2"))

        replies = collect(
            CollectionRequest(
                program, root=tmp_path, release=SAMPLE_RELEASE, now=SAMPLE_NOW, entries={entry.name: entry}
            )
        )

        assert replies == []

    def test_two_runs_give_the_same_replies(self, tmp_path: Path):
        """Same evidence, same digest: nothing of the machine may be in a reply, not even in an error."""
        entry = write_plugin(
            tmp_path, "machine", source("raise OSError(f'{job.scratch}/x {object()!r}')\nyield"), own=True
        )

        first, second = ask(entry, tmp_path), ask(entry, tmp_path)

        assert first.canonical() == second.canonical()
        assert "(scratch)/x" in first.items[0].detail


GOOD = "yield OPEN.value(1, as_of=job.now)\nyield DONE.counted(part=1, whole=2, as_of=job.now)\n"
FAILED, MALFORMED, WRONG = GapReason.COLLECTOR_FAILED, GapReason.MALFORMED, GapReason.WRONG_TYPE

# name, source, reason, part of the sentence, whether the host still knows what was owed
HOSTILE = [
    ("sleeps", source("time.sleep(60)\nyield"), GapReason.DEADLINE, "within 1 s", True),
    ("loops_in_c", source("sum(range(10**15))\nyield"), GapReason.DEADLINE, "within 1 s", True),
    (
        "ignores_sigterm",
        source("signal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: time.sleep(9)\nyield"),
        GapReason.DEADLINE,
        "within 1 s",
        True,
    ),
    ("exits_zero", source("os._exit(0)\nyield"), FAILED, "without an answer (exit status 0)", True),
    ("exits_zero_after_answers", source(GOOD + "os._exit(0)"), FAILED, "without an answer (exit status 0)", True),
    ("sys_exits", source("sys.exit(0)\nyield"), MALFORMED, "SystemExit", True),
    ("raises_base", source("raise KeyboardInterrupt\nyield"), FAILED, "KeyboardInterrupt", True),
    ("segfaults", source("ctypes.string_at(0)\nyield"), FAILED, "crashed (SIGSEGV)", True),
    ("aborts", source("os.abort()\nyield"), FAILED, "crashed (SIGABRT)", True),
    ("eats_memory", source("x = [bytes(2**30) for _ in range(64)]\nyield"), MALFORMED, "MemoryError", True),
    ("floods_stdout", source("while True: os.write(1, b'x' * 65536)\nyield"), FAILED, "flooded", True),
    ("floods_stderr", source("while True: os.write(2, b'x' * 65536)\nyield"), FAILED, "flooded", True),
    ("floods_result", source("while True: os.write(3, b'x' * 65536)\nyield"), FAILED, "flooded", True),
    (
        "floods_answers",
        source("while True: yield OPEN.value(1, as_of=job.now)"),
        MALFORMED,
        "times for sample.open|stop answering",
        True,
    ),
    (
        "huge_answer",
        source("yield Answer('open', value='x' * 2**24, as_of=job.now)"),
        WRONG,
        "expected|not answer",
        True,
    ),
    ("partial_frame", source("os.write(3, b'GNGOR' + b'0' * 10)\nos._exit(0)\nyield"), FAILED, "breaks off", True),
    (
        "garbage_on_result",
        source("os.write(3, b'{\"complete\":true}' * 9)\n" + GOOD),
        FAILED,
        "no answer|not an answer",
        True,
    ),
    ("closes_result", source(GOOD + "os.close(3)"), FAILED, "without an answer", True),
    (
        "doubled_frame",
        source("from gonogo.isolate import channel\nchannel.send(channel.RESULT, b'{}')\n" + GOOD),
        FAILED,
        "answered twice",
        True,
    ),
    (
        "forged_nonce",
        source(
            "from gonogo.isolate import channel\nos.write(3, channel.frame(channel.RESULT, b'0' * 16, b'{}'))\n"
            "os._exit(0)\nyield"
        ),
        FAILED,
        "nonce of another",
        True,
    ),
    (
        "forged_document",
        source(
            "from gonogo.isolate import channel\n"
            'channel.send(channel.RESULT, b\'{"protocol":1,"nonce":"0","complete":true}\')\nos._exit(0)\nyield'
        ),
        FAILED,
        "nonce of another request",
        True,
    ),
    (
        "duplicate_keys",
        source(
            "from gonogo.isolate import channel\n"
            'channel.send(channel.RESULT, b\'{"protocol":1,"protocol":1}\')\nos._exit(0)\nyield'
        ),
        FAILED,
        "twice",
        True,
    ),
    (
        "no_completeness_mark",
        source(
            "from gonogo.isolate import channel\n"
            'channel.send(channel.RESULT, b\'{"protocol":1,"nonce":"0"}\')\nos._exit(0)\nyield'
        ),
        FAILED,
        "complete",
        True,
    ),
    (
        "redeclares",
        source("from gonogo.isolate import early\nearly(b'{}')\n" + GOOD),
        FAILED,
        "declaration twice",
        True,
    ),
    (
        "undeclared_fact",
        source(GOOD + "yield Answer('security_is_fine', value=True, as_of=job.now)"),
        GapReason.UNDECLARED,
        "sample.security_is_fine, which it never declared",
        True,
    ),
    (
        "escapes_its_prefix",
        source(GOOD + "yield Answer('../security.ato', value=True, as_of=job.now)"),
        GapReason.UNDECLARED,
        "never declared",
        True,
    ),
    ("answers_nothing", source("return\nyield"), FAILED, "did not answer for sample.open", True),
    ("returns_none", source("return None"), MALFORMED, "TypeError", True),
    ("one_missing", source("yield DONE.missing('It is not said.')"), FAILED, "did not answer for sample.open", True),
    ("doubled_fact", source(GOOD + GOOD), MALFORMED, "2 times for sample.open", True),
    ("wrong_type", source("yield OPEN.value('95', as_of=job.now)\n"), WRONG, "an integer is expected|not text", True),
    (
        "text_for_ratio",
        source("yield DONE.value('0.95', as_of=job.now)\nyield OPEN.value(True, as_of=job.now)"),
        WRONG,
        "not true or false",
        True,
    ),
    ("float", source("yield OPEN.value(float('nan'), as_of=job.now)"), WRONG, "floating-point", True),
    ("huge_integer", source("yield OPEN.value(10**30, as_of=job.now)"), WRONG, "2**53", True),
    ("naive_moment", source("yield OPEN.value(1, as_of=job.now.replace(tzinfo=None))"), WRONG, "time zone", True),
    ("no_moment", source("yield Answer('open', value=1)"), MALFORMED, "not of the protocol", True),
    ("not_an_answer", source("yield ('open', 1)"), MALFORMED, "TypeError", True),
    ("forks_and_returns", source("os.fork()\nraise ValueError('both')\nyield"), MALFORMED, "both|not permitted", True),
    ("kills_its_parent", source("os.kill(os.getpid(), 9)\nyield"), FAILED, "SIGKILL", True),
    ("import_exits", source(top="import os\nos._exit(0)\n"), FAILED, "without an answer", False),
    ("import_hangs", source(top="import time\ntime.sleep(60)\n"), GapReason.DEADLINE, "within 1 s", False),
    ("import_raises", source(top="raise RuntimeError('no licence')\n"), FAILED, "could not be loaded: Runtime", False),
    ("syntax_error", "def (", FAILED, "could not be loaded: SyntaxError", False),
    (
        "hookwrapper",
        source(register="@hookimpl(hookwrapper=True)\ndef gonogo_register_collectors(register):\n    yield\n"),
        FAILED,
        "wraps the hook",
        False,
    ),
    (
        "new_style_wrapper",
        source(register="@hookimpl(wrapper=True)\ndef gonogo_register_collectors(register):\n    return (yield)\n"),
        FAILED,
        "wraps the hook",
        False,
    ),
    (
        "misspelt_hook",
        source(register="@hookimpl\ndef gonogo_register_colectors(register):\n    register(Honest())\n"),
        FAILED,
        "could not be registered: PluginValidationError",
        False,
    ),
    (
        "optional_hook",
        source(register="@hookimpl(optionalhook=True)\ndef gonogo_register_x(register):\n    register(Honest())\n"),
        FAILED,
        "registers no collector|optional",
        False,
    ),
    (
        "two_of_one_name",
        source(
            register="@hookimpl\ndef gonogo_register_collectors(register):\n    for _ in '12': register(Honest())\n"
        ),
        FAILED,
        "two collectors named 'honest'",
        False,
    ),
    (
        "registers_nothing",
        source(register="@hookimpl\ndef gonogo_register_collectors(register):\n    pass\n"),
        FAILED,
        "registers neither a collector nor a report format",
        False,
    ),
    (
        "registers_a_class",
        source(register="@hookimpl\ndef gonogo_register_collectors(register):\n    register(Honest)\n"),
        FAILED,
        "not a collector object",
        False,
    ),
    (
        "declare_raises",
        source(methods="def declare(self, settings):\n    raise ValueError('no')\n"),
        FAILED,
        "could not say which facts",
        False,
    ),
    (
        "declares_twice",
        source(methods="def declare(self, settings):\n    return (OPEN, OPEN)\n"),
        FAILED,
        "declares sample.open twice",
        False,
    ),
    (
        "declares_rubbish",
        source(methods="def declare(self, settings):\n    return ('open',)\n"),
        FAILED,
        "not a fact",
        False,
    ),
    (
        "declares_a_bad_name",
        source(
            methods="def declare(self, settings):\n"
            "    return (LocalFact(name='../ato', type='boolean', meaning='x'),)\n"
        ),
        FAILED,
        "not of protocol",
        False,
    ),
    (
        "hostile_exception",
        source("class Rude(Exception):\n    def __str__(self): os._exit(0)\nraise Rude\nyield"),
        FAILED,
        "without an answer",
        True,
    ),
    (
        "leaves_a_thread",
        source("threading.Thread(target=time.sleep, args=(60,)).start()\nraise ValueError('thread')\nyield"),
        MALFORMED,
        "thread",
        True,
    ),
    (
        "grandchild_keeps_the_pipe",
        source("if os.fork() == 0:\n    time.sleep(60)\nraise ValueError('left one behind')\nyield"),
        MALFORMED,
        "left one behind|not permitted",
        True,
    ),
]


@pytest.fixture(scope="module")
def hostile_replies(tmp_path_factory) -> tuple[dict[str, Reply], float]:
    """Every hostile plugin and an honest one, bound in one program, asked in one run."""
    folder = tmp_path_factory.mktemp("hostile")
    sources = {name: text for name, text, *_ in HOSTILE} | {"honest_plugin": source()}
    entries = {name: write_plugin(folder, name, text) for name, text in sources.items()}
    # A flood ends by itself, as late as a busy machine lets it; whatever hangs is ended after a second.
    program = program_of(*(binding_of(name, deadline_s=20 if name.startswith("floods") else 1) for name in sources))
    began = time.monotonic()
    replies = collect(
        CollectionRequest(program, root=folder, release=SAMPLE_RELEASE, now=SAMPLE_NOW, entries=entries, parallel=4)
    )
    return {reply.binding: reply for reply in replies}, time.monotonic() - began


class TestHostile:
    @pytest.mark.parametrize(
        ("name", "reason", "says", "owed"), [(n, r, s, o) for n, _, r, s, o in HOSTILE], ids=[row[0] for row in HOSTILE]
    )
    def test_ends_as_a_gap_that_says_so(self, hostile_replies, name, reason, says, owed):
        """A plugin can never make a verdict better; a PMO must be able to read what happened to it."""
        reply = hostile_replies[0][name]
        said = told(reply)
        gap, sentence = said.get("", said.get("sample.open", (None, "")))

        assert gap is reason
        assert any(part in sentence for part in says.split("|"))
        assert "\n" not in sentence
        assert "Traceback" not in sentence
        assert reply.declared == (("sample.open", "sample.done_ratio") if owed else ())
        assert reply.prefix == "sample"

    def test_the_honest_neighbour_is_heard(self, hostile_replies):
        """One bad plugin among sixty must not silence the others."""
        reply = hostile_replies[0]["honest_plugin"]

        assert [item.value if item.gap is None else item.gap for item in reply.items] == [3, None]

    def test_hangs_cost_no_more_than_their_deadlines(self, hostile_replies):
        """Six of these hang for a second each, four at a time."""
        assert hostile_replies[1] < 25


class TestWhatIsKeptOut:
    def test_secrets_are_hidden_in_every_form(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """A token in an error text would be in the log for years."""
        monkeypatch.setenv("TICKETS_TOKEN", "s3cr3t/canary+")
        monkeypatch.setenv("OTHER_TOKEN", "not-for-you")
        entry = write_plugin(
            tmp_path,
            "leaking",
            source("""
                import base64, urllib.parse
                token = os.environ["TICKETS_TOKEN"]
                told = [token, urllib.parse.quote(token, safe=""), base64.b64encode(token.encode()).decode()]
                yield OPEN.missing(f"401 for {told} {sorted(os.environ)}", where=token)
                raise ValueError(token)
            """),
        )

        reply = ask(entry, tmp_path, program_of(binding_of("leaking", env=("TICKETS_TOKEN", "NOT_SET"))))

        text = json.dumps(reply.document())
        assert "401 for" in text
        assert "['LC_ALL', 'TICKETS_TOKEN', 'TZ']" in text
        assert not [form for form in ("s3cr3t", "czNjcjN0", "not-for-you") if form in text]

    def test_the_key_that_signs_reaches_no_collector(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Not even one whose binding asks for it: a plugin that has the key can sign a decision of its own."""
        for name in SECRETS:
            monkeypatch.setenv(name, "canary")
        entry = write_plugin(tmp_path, "asking", source('yield OPEN.missing(f"it sees {sorted(os.environ)}")'))

        reply = ask(entry, tmp_path, program_of(binding_of("asking", env=tuple(SECRETS))))

        text = json.dumps(reply.document())
        assert "it sees ['LC_ALL', 'TZ']" in text
        assert "canary" not in text

    def test_a_value_that_holds_a_secret_is_a_gap(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Values are recorded as they are, so a secret in one cannot be cut out."""
        monkeypatch.setenv("TICKETS_TOKEN", "s3cr3t-canary")
        text = source("""
            from gonogo.model.evidence import Subject
            yield OPEN.value(1, as_of=job.now, subject=Subject(build=os.environ["TICKETS_TOKEN"]))
        """)
        entry = write_plugin(tmp_path, "leaking", text)

        reply = ask(entry, tmp_path, program_of(binding_of("leaking", env=("TICKETS_TOKEN",))))

        assert told(reply)["sample.open"][0] is GapReason.MALFORMED
        assert "canary" not in json.dumps(reply.document())

    def test_personal_data_is_never_repeated(self, tmp_path: Path):
        """A training roster's parse error must not put somebody's name into the log."""
        text = source("yield OPEN.missing('Ada Kirsch has no course')\nraise ValueError('bad cell: Ada Kirsch')")
        entry = write_plugin(tmp_path, "roster", text)

        reply = ask(entry, tmp_path, program_of(binding_of("roster", handling=Handling(marking=Marking.PII))))

        assert "Ada" not in json.dumps(reply.document())
        assert all("personal data" in item.detail for item in reply.items)

    def test_personal_data_is_not_repeated_when_the_collector_breaks(self, tmp_path: Path):
        """The same for what escapes the collector altogether."""
        entry = write_plugin(tmp_path, "roster", source("raise KeyboardInterrupt('Ada Kirsch')\nyield"))

        reply = ask(entry, tmp_path, program_of(binding_of("roster", handling=Handling(marking=Marking.PII))))

        assert reply.failure is not None
        assert "Ada" not in reply.failure.detail

    def test_the_keys_of_open_items_arrive_in_order(self, tmp_path: Path):
        """Which rows count against a fact is what everybody asks first."""
        text = source("""
            yield OPEN.value(2, as_of=job.now).naming(["INT-7", "INT 3\x1b[2J", ""])
            yield DONE.counted(part=9, whole=10, as_of=job.now)
        """)
        entry = write_plugin(tmp_path, "naming", text)

        items = {item.fact: item for item in ask(entry, tmp_path).items}

        assert items["sample.open"].open_items == ("INT-7", "INT 3 [2J", "(blank)")
        assert items["sample.done_ratio"].open_items is None

    def test_the_keys_of_open_items_are_bounded_and_say_so(self, tmp_path: Path):
        """Names of rows must not crowd out the answers, and a short list must not look like a whole one."""
        text = source("""
            yield OPEN.value(12_000, as_of=job.now).naming(f"K-{n}" for n in range(12_000))
            yield DONE.counted(part=9, whole=10, as_of=job.now).naming(["x" * 300])
        """)
        entry = write_plugin(tmp_path, "many", text)

        items = {item.fact: item for item in ask(entry, tmp_path).items}

        assert (len(items["sample.open"].open_items or ()), items["sample.open"].open_left_out) == (10_000, 2_000)
        assert items["sample.done_ratio"].open_items == ("x" * 199 + "…",)
        assert items["sample.done_ratio"].open_left_out is None

    def test_keys_of_open_items_from_personal_data_are_stand_ins(self, tmp_path: Path):
        """A roster's open rows are people."""
        text = source("""
            yield OPEN.value(1, as_of=job.now).naming(["Ada Kirsch", "Ada Kirsch", "Bea"])
            yield DONE.counted(part=9, whole=10, as_of=job.now).naming([])
        """)
        entry = write_plugin(tmp_path, "roster", text)

        reply = ask(entry, tmp_path, program_of(binding_of("roster", handling=Handling(marking=Marking.PII))))

        items = {item.fact: item for item in reply.items}
        first, again, other = items["sample.open"].open_items or ()
        assert first == again != other
        assert first.startswith("id-")
        assert items["sample.done_ratio"].open_items == ()
        assert "Ada" not in json.dumps(reply.document())

    def test_a_secret_among_the_keys_of_open_items_is_a_gap(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Keys are recorded like values, so they are looked at like values."""
        monkeypatch.setenv("TICKETS_TOKEN", "s3cr3t-canary")
        text = source("""
            yield OPEN.value(1, as_of=job.now).naming([os.environ["TICKETS_TOKEN"]])
            yield Answer("done_ratio", part=9, whole=10, as_of=job.now, open_items="one text")
        """)
        entry = write_plugin(tmp_path, "leaking", text)

        reply = ask(entry, tmp_path, program_of(binding_of("leaking", env=("TICKETS_TOKEN",))))

        assert told(reply)["sample.open"][0] is GapReason.MALFORMED
        assert told(reply)["sample.done_ratio"][0] is GapReason.WRONG_TYPE
        assert "canary" not in json.dumps(reply.document())

    def test_control_characters_do_not_reach_a_reader(self, tmp_path: Path):
        """A cell must not be able to repaint the terminal of a person who reads the gap."""
        entry = write_plugin(tmp_path, "painting", source("raise ValueError('\\x1b[32mGO\\u202e\\x85 now')\nyield"))

        detail = told(ask(entry, tmp_path))["sample.open"][1]

        assert detail.isprintable()
        assert detail.startswith("ValueError: ")


class TestInputsThatFail:
    def test_every_declared_fact_says_what_is_wrong_with_the_file(self, tmp_path: Path):
        """The person who owes a file is told its name; the collector is not even started on the rest."""
        entry = write_plugin(tmp_path, "honest_plugin", source())
        (tmp_path / "rooster.csv").write_bytes(b"x")

        reply = ask(entry, tmp_path, program_of(binding_of("honest_plugin", paths=["roster.csv"])))

        sentence = "No file matches roster.csv; the nearest name there is rooster.csv."
        assert told(reply) == {
            "sample.open": (GapReason.MISSING, sentence),
            "sample.done_ratio": (GapReason.MISSING, sentence),
        }

    def test_the_moment_in_a_file_name_is_handed_over(self, tmp_path: Path):
        """A date is that day's start in the program's zone, whatever the machine's zone is."""
        (tmp_path / "roster-2027-04-15.csv").write_bytes(b"x")
        entry = write_plugin(
            tmp_path, "dated", source("yield OPEN.value(1, as_of=job.input().held(None))\nyield DONE.missing('x')")
        )
        rule = AsOf(rule=AsOfRule.FILE_NAME, pattern=r"roster-(\d{4}-\d{2}-\d{2})")

        reply = ask(entry, tmp_path, program_of(binding_of("dated", paths=["roster-*.csv"], as_of=rule)))

        assert reply.items[0].as_of == datetime(2027, 4, 15, 4, 0, tzinfo=UTC)

    def test_no_scratch_or_descriptor_is_left(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Copies of evidence must not outlive the run."""
        import os
        import tempfile

        scratch = tmp_path / "scratch"
        scratch.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(scratch))
        (tmp_path / "roster.csv").write_bytes(b"x")
        entry = write_plugin(tmp_path, "writing", source("open(job.scratch + '/copy', 'w').write('x')\n" + GOOD))
        before = len(os.listdir("/dev/fd"))

        reply = ask(entry, tmp_path, program_of(binding_of("writing", paths=["roster.csv"])))

        assert reply.failure is None
        assert list(scratch.iterdir()) == []
        assert len(os.listdir("/dev/fd")) == before


class TestMistakes:
    def test_settings_are_refused_with_their_place(self, tmp_path: Path):
        """A misspelt setting is the program's mistake, not a gap in the evidence."""
        entry = write_plugin(tmp_path, "honest_plugin", source())
        program = program_of(binding_of("honest_plugin", settings={"limt": 3}))

        with pytest.raises(ConfigurationError) as caught:
            ask(entry, tmp_path, program)

        assert str(caught.value) == (
            "error[G304] gonogo.yaml:7:5: honest_plugin: settings.limt: There is no such setting; did you mean `limit`?"
        )

    def test_unknown_and_forbidden_plugins_are_reported_together(self, tmp_path: Path):
        """Who writes a program file wants all its mistakes at once."""
        honest = write_plugin(tmp_path, "honest_plugin", source())
        foreign = write_plugin(tmp_path, "foreign", source(top="raise SystemExit\n"), own=False)
        program = program_of(binding_of("honst_plugin"), binding_of("foreign"))
        entries = {honest.name: honest, foreign.name: foreign}

        with pytest.raises(ConfigurationError) as caught:
            collect(CollectionRequest(program, root=tmp_path, release=SAMPLE_RELEASE, now=SAMPLE_NOW, entries=entries))

        assert [problem.code for problem in caught.value.problems] == ["G301", "G302"]
        assert "did you mean 'honest_plugin'" in caught.value.problems[0].hint
        assert "foreign-dist 1.0" in caught.value.problems[1].what
        assert {problem.where for problem in caught.value.problems} == {"gonogo.yaml:7:5"}

    def test_another_version_than_the_reviewed_one_is_not_run(self, tmp_path: Path):
        """Allowed means that exact version was reviewed."""
        foreign = write_plugin(tmp_path, "foreign", source(), own=False)
        program = program_of(binding_of("foreign"), allow=(AllowedPlugin(distribution="foreign-dist", version="1.1"),))

        with pytest.raises(ConfigurationError, match="does not allow"):
            ask(foreign, tmp_path, program)

    def test_declared_facts_must_agree_with_the_vocabulary(self, tmp_path: Path):
        """A collector that counts something else under the same name would be believed otherwise."""
        entry = write_plugin(tmp_path, "honest_plugin", source())
        vocabulary = vocabulary_of(sample__open=FactType.DECIMAL, sample__done_rato=FactType.RATIO)

        problems = check_bindings(program_of(binding_of("honest_plugin")), vocabulary, entries={entry.name: entry})

        assert [problem.code for problem in problems] == ["G306", "G305"]
        assert "type integer in items" in problems[0].what
        assert "type decimal in items" in problems[0].what
        assert "did you mean 'sample.done_rato'" in problems[1].hint

    def test_a_counted_table_without_a_key_is_told_before_anything_is_read(self):
        """Whether a row is a case or one of its steps is better asked while the binding is written."""
        table = {"columns": {"case": {"header": "Case", "type": "id"}, "ok": {"header": "Ok", "type": "boolean"}}}
        facts = {"share": {"share": {"where": "ok"}}}
        vocabulary = vocabulary_of(t__share=FactType.RATIO)

        def found(**more: object) -> list:
            settings = {"tables": {"runs": {**table, **more}}, "facts": facts}
            binding = binding_of("table", id="t1", prefix="t", settings=settings)
            return check_bindings(program_of(binding), vocabulary)

        [advice] = found()
        assert advice.code == "G322"
        assert "tables.runs does not say what one row is, and share counts its rows" in advice.what
        assert found(unique=["case"]) == found(one_row="one case") == []

    @pytest.mark.parametrize(
        ("body", "told"),
        [
            ("return ['Say more.']", ["Say more."]),
            ("return []", []),
            ("raise RuntimeError('no')", ["could not advise: RuntimeError: no"]),
        ],
    )
    def test_advice_of_a_plugin_is_told_and_stops_nothing(self, tmp_path: Path, body: str, told: list[str]):
        """A collector that has advice gives it; one whose advice fails is still of use."""
        methods = f"def declare(self, settings):\n    return self.facts\n\ndef advise(self, settings):\n    {body}\n"
        entry = write_plugin(tmp_path, "advising_plugin", source(methods=methods))
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER, sample__done_ratio=FactType.RATIO)

        found = check_bindings(program_of(binding_of(entry.name)), vocabulary, entries={entry.name: entry})

        assert [problem.code for problem in found] == ["G322"] * len(told)
        assert all(words in problem.what for words, problem in zip(told, found, strict=True))

    @pytest.mark.parametrize(
        ("network", "granted", "told"),
        [("('https://t.example',)", None, True), ("('https://t.example',)", True, False), ("()", None, False)],
    )
    def test_a_plugin_that_needs_the_network_and_is_not_granted_it_is_told(self, tmp_path, network, granted, told):
        """It would fail on the day of the decision, at a wall that nobody thought of."""
        text = source().replace("network = ()", f"network = {network}")
        entry = write_plugin(tmp_path, "remote_plugin", text, own=False)
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER, sample__done_ratio=FactType.RATIO)
        allow = AllowedPlugin(distribution=entry.distribution, version=entry.version, network=granted)

        program = program_of(binding_of(entry.name), allow=(allow,))
        found = check_bindings(program, vocabulary, entries={entry.name: entry})

        assert [problem.code for problem in found] == (["G323"] if told else [])
        assert all("needs the network (https://t.example), and the program does not grant it" in p.what for p in found)

    def test_two_bindings_for_one_fact_need_an_authority(self, tmp_path: Path):
        """Which of two answers counts is decided by people, beforehand."""
        entry = write_plugin(tmp_path, "honest_plugin", source())
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER, sample__done_ratio=FactType.RATIO)
        bindings = (binding_of("honest_plugin", id="one"), binding_of("honest_plugin", id="two"))
        entries = {entry.name: entry}

        without = check_bindings(program_of(*bindings), vocabulary, entries=entries)
        settled = check_bindings(
            program_of(*bindings, authority={"sample.open": "one", "sample.done_ratio": "two"}),
            vocabulary,
            entries=entries,
        )

        assert [problem.code for problem in without] == ["G307"]
        assert "two: answers for sample.done_ratio, sample.open, as one does." in without[0].what
        assert settled == []

    def test_of_many_bindings_for_the_same_facts_each_is_told_once(self, tmp_path: Path):
        """Five schedules of 24 facts each were 240 warnings, and the one that matters was among them."""
        entry = write_plugin(tmp_path, "honest_plugin", source())
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER, sample__done_ratio=FactType.RATIO)
        bindings = [binding_of("honest_plugin", id=name) for name in ("one", "two", "three")]

        problems = check_bindings(program_of(*bindings), vocabulary, entries={entry.name: entry})

        assert [problem.what for problem in problems] == [
            "two: answers for sample.done_ratio, sample.open, as one does.",
            "three: answers for sample.done_ratio, sample.open, as one, two do.",
        ]

    def test_an_authority_that_does_not_answer_is_a_mistake(self, tmp_path: Path):
        """Naming a binding that never answers would silence the one that does."""
        entry = write_plugin(tmp_path, "honest_plugin", source())
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER, sample__done_ratio=FactType.RATIO)
        program = program_of(
            binding_of("honest_plugin"), authority={"other.fact": "honest_plugin", "sample.open": "nobody"}
        )

        problems = check_bindings(program, vocabulary, entries={entry.name: entry})

        assert [problem.code for problem in problems] == ["G309", "G309"]

    def test_paths_and_patterns_are_checked_without_reading(self, tmp_path: Path):
        """lint must find these on a laptop that has none of the evidence."""
        entry = write_plugin(tmp_path, "honest_plugin", source())
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER, sample__done_ratio=FactType.RATIO)
        inputs = (
            InputPath(name="a", paths=("../secret",), as_of=AsOf(rule=AsOfRule.DOCUMENT)),
            InputPath(name="b", paths=("b",), as_of=AsOf(rule=AsOfRule.FILE_NAME, pattern="(")),
            InputPath(name="c", paths=("c*",), pick_newest=True, as_of=AsOf(rule=AsOfRule.DOCUMENT)),
        )

        problems = check_bindings(
            program_of(binding_of("honest_plugin", inputs=inputs)), vocabulary, entries={entry.name: entry}
        )

        assert [problem.code for problem in problems] == ["G308", "G308", "G308"]

    def test_a_plugin_that_cannot_load_is_a_mistake_for_lint(self, tmp_path: Path):
        """A run turns it into gaps; lint says it before the run."""
        entry = write_plugin(tmp_path, "broken", "import no_such_module\n")

        [problem] = check_bindings(program_of(binding_of("broken")), vocabulary_of(), entries={entry.name: entry})

        assert problem.code == "G303"
        assert "could not be loaded: ModuleNotFoundError" in problem.what


class TestDescribe:
    def test_tells_collectors_facts_and_settings(self, tmp_path: Path):
        """The reference of a plugin is generated from what it says itself, in a child."""
        honest = write_plugin(tmp_path, "honest_plugin", source())
        broken = write_plugin(tmp_path, "broken", "raise SystemExit(0)\n")

        offered, nothing = describe([honest, broken])
        [told_by_it] = offered.collectors

        assert told_by_it.name == "honest"
        assert [fact.name for fact in told_by_it.facts] == ["open", "done_ratio"]
        assert "limit" in json.loads(told_by_it.settings_schema)["properties"]
        assert (nothing.collectors, nothing.formats) == ((), ())
        assert "could not be loaded" in nothing.refused
