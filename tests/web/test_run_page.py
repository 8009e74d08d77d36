"""The run: recorded first, shown with what its end means; an error or an interruption is no verdict."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Small
from tests.web.asked import Asker

import gonogo
from gonogo.audit.history import open_history
from gonogo.errors import ConfigurationError, EngineFault, IntegrityError, Problem, UsageError
from gonogo.plugin import settled
from gonogo.web.desk import LocalDesk
from gonogo.web.gatekeeper import SiteKeys
from gonogo.web.showing import end_words
from gonogo.web.working import Trouble, tried
from gonogo.workflow.exit_codes import ExitCode
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess

Open = Callable[..., Asker]


def refusing(error: BaseException) -> Callable[[Order], Any]:
    """A run that ends with an error."""

    def run(_order: Order) -> Any:
        raise error

    return run


def test_a_no_go_is_recorded_and_shown_with_what_it_means(denied: Small, opened: Open) -> None:
    """As the command does it; sent once, and not again by a reload."""
    asker = opened(denied.root, now=denied.now)
    asker.desk.assess = lambda order: assess(Order(program=order.program, as_of=denied.now))
    text = asker.follow(asker.send("/run", {})).text

    assert "Exit 1: NO-GO, recorded. Verdict: NO-GO; without waivers: NO-GO." in text
    assert "Rehearsal, not a decision: " in text
    assert len(open_history(denied.log).runs) == 1
    assert "NO-GO" not in asker.get("/run").text


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (EngineFault("the engine stopped"), 4, "error[G400] the engine stopped"),
        (IntegrityError("record 3 was changed"), 5, "record 3 was changed"),
        (UsageError("no such thing", hint="look"), 2, "error[G010] no such thing hint: look"),
        (ConfigurationError([Problem("G103", "gonogo.yaml:3", "unknown key")]), 2, "gonogo.yaml:3: unknown key"),
        (OSError(28, "No space left on device"), 4, "No space left on device"),
    ],
)
def test_an_error_is_no_verdict(stated: Small, opened: Open, error: Exception, code: int, words: str) -> None:
    """What a command would print and end with; the page says that there is no verdict, and shows none."""
    asker = opened(stated.root)
    asker.desk.assess = refusing(error)
    text = asker.follow(asker.send("/run", {})).text

    assert text.index("The run reached no verdict") < text.index(words) < text.index(end_words(code))
    assert "Verdict:" not in text
    assert "The run is recorded" not in text


def test_an_interruption_is_said_and_ends_the_server(stated: Small, opened: Open) -> None:
    """Ctrl+C while a run is under way: no verdict, and the page closes as the terminal says."""
    asker, ended = opened(stated.root), []
    asker.desk.assess, asker.desk.end = refusing(KeyboardInterrupt()), lambda: ended.append(True)
    asker.send("/run", {})
    notice = asker.desk.take_notice()

    assert notice is not None
    assert (notice.title, notice.good) == ("Interrupted", False)
    assert notice.lines[0] == "Interrupted before it was finished; no verdict is returned."
    assert ended == [True]
    assert asker.desk.interrupted


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_interrupts_the_work_at_once(name: str) -> None:
    """The server would wait for what hangs; afterwards its own handlers are back."""
    number = getattr(signal, name)
    heard: list[int] = []
    before = signal.signal(number, lambda each, _frame: heard.append(each))

    def work() -> str:
        os.kill(os.getpid(), number)
        return "done"

    try:
        found = tried(work)
        assert isinstance(found, Trouble)
        assert (found.interrupted, found.exit_code, heard) == (True, 4, [])
        os.kill(os.getpid(), number)
        assert heard == [number]
    finally:
        signal.signal(number, before)


def test_what_was_loaded_after_a_plugin_ran_does_not_count() -> None:
    """As of a command: such code may be what the plugin made of it."""
    found = tried(lambda: settled._session is not None and settled._session.append("late.py"))

    assert isinstance(found, Trouble)
    assert found.exit_code == 4
    assert "late.py was to be loaded; nothing counts" in found.sentences[0]
    assert tried(lambda: "something") == "something"


def test_after_a_plugin_ran_the_next_page_may_load_what_it_needs() -> None:
    """One server does the work of many commands: what is closed for one of them is open for the next, and only then."""
    style = Path(gonogo.__file__).parent / "report/templates/report.css"

    def late() -> str:
        settled.close()
        return style.read_text(encoding="utf-8")

    with settled.session() as told:
        refused = tried(late)
        assert isinstance(refused, Trouble)
        assert "report.css was to be loaded" in refused.sentences[0]
        assert tried(lambda: style.read_text(encoding="utf-8")) == style.read_text(encoding="utf-8")
    assert told == []


def test_a_program_with_several_releases_is_asked_which(stated: Small, opened: Open) -> None:
    """The command needs to be told; a name that the program has not is refused."""
    stated.edit("gonogo.yaml", "\nruleset:", "\n  - {id: second, go_live: 2030-01-01T00:00Z}\nruleset:")
    asked: list[Order] = []

    def run(order: Order) -> Any:
        asked.append(order)
        raise UsageError("enough")

    asker = opened(stated.root)
    asker.desk.assess = run
    html = asker.get("/run").html

    assert [f'name="release" value="{name}"' in html for name in ("first", "second", "third")] == [True, True, False]
    asker.send("/run", {"release": "second"})
    asker.send("/run", {"release": "third"})
    assert [each.release for each in asked] == ["second"]


def test_the_order_is_that_of_the_plain_command(stated: Small) -> None:
    """No clock, no ruleset, no engine of the page's own: any of them would make the run a rehearsal."""
    asked: list[Order] = []

    def run(order: Order) -> Any:
        asked.append(order)
        raise UsageError("enough")

    asker = Asker(LocalDesk(stated.root, SiteKeys(), run))
    asker.start()
    asker.send("/run", {"as_of": "2020-01-01T00:00Z", "accept": "conditional", "engine": "reference"})

    assert asked == [Order(program=stated.root)]


def test_each_end_is_said_in_its_own_words() -> None:
    """What the code means for an assessment, and not for other commands."""
    assert end_words(0) == "Exit 0: GO, recorded."
    assert end_words(1) == "Exit 1: NO-GO, recorded."
    assert end_words(3) == "Exit 3: CONDITIONAL GO, recorded."
    assert [each for each in ExitCode if "`" in end_words(each) or "other" in end_words(each)] == []
