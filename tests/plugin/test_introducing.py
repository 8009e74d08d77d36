"""What `init` and `add` ask of plugins before they look at a file: little, and of gonogo's own what is written down."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from gonogo.isolate import ChildOutcome, Task
from gonogo.plugin import asked_together
from gonogo.plugin.discovery import PluginEntry, discover
from gonogo.plugin.introductions import FILE, introduction_of, written
from gonogo.plugin.offers import Offer, ask_introductions, describe, introduce
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.turns import Turns
from gonogo.testing.programs import write_plugin

SOURCE = """
    from gonogo.plugin.spec import NoSettings, hookimpl

    class Reader:
        name = "reader"
        facts = ()
        settings = NoSettings
        network = ()
        {more}

        def declare(self, settings):
            return ()

        def collect(self, job, settings):
            return ()

    @hookimpl
    def gonogo_register_collectors(register):
        register(Reader())
"""


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The children that were started, by the id of their task, a list for each time that some were."""
    started: list[list[str]] = []
    really: Turns = asked_together.in_turn_or_here

    def noting(asked: Sequence[tuple[PluginEntry, Task]], *, parallel: int) -> list[ChildOutcome]:
        started.append([task.id for _, task in asked])
        return really(asked, parallel=parallel)

    monkeypatch.setattr(asked_together, "in_turn_or_here", noting)
    return started


def abilities(offers: Sequence[Offer]) -> list[tuple[str, str, tuple[Recognizes, ...], bool, bool]]:
    return [
        (offer.entry.name, each.name, each.recognizes, each.starts, each.networks)
        for offer in offers
        for each in offer.collectors
    ]


def test_gonogos_own_plugins_answer_in_one_child(children: list[list[str]]) -> None:
    """A child for each of them, with the schema of all settings, took as long as everything else of `gonogo add`."""
    own = [entry for entry in discover().values() if entry.builtin]

    offers = ask_introductions(own)

    assert [len(started) for started in children] == [1, 0]
    assert [offer.entry for offer in offers] == own


def test_what_gonogos_own_say_is_written_down(children: list[list[str]]) -> None:
    """To hear it, every one of them had to be imported: a third of what `gonogo add` took."""
    own = [entry for entry in discover().values() if entry.builtin]

    offers = introduce(own)

    assert not any(children)
    assert [offer.entry for offer in offers] == own


def test_it_is_what_they_say_when_they_are_described() -> None:
    """A file that only one of them knows would be bound on one day and not on another."""
    own = [entry for entry in discover().values() if entry.builtin]

    assert abilities(introduce(own)) == abilities(ask_introductions(own)) == abilities(describe(own))
    assert any(networks for *_, networks in abilities(introduce(own)))


def test_the_committed_file_is_what_make_docs_writes() -> None:
    """A kind of file that a collector recognizes by now would be bound by nobody."""
    offers = ask_introductions([entry for entry in discover().values() if entry.builtin])

    assert FILE.read_bytes() == written((each.entry, each.collectors) for each in offers), "run `make docs`"


@pytest.mark.parametrize(
    "other",
    [{"builtin": False}, {"module": "gonogo.collectors.system.sarif"}, {"name": "new"}],
    ids=["somebody else's", "another module", "a new one"],
)
def test_of_another_plugin_nothing_is_written_down(other: dict[str, object]) -> None:
    """What somebody else's code says of itself only that code knows, whatever its name."""
    own = discover()["junit"]

    assert introduction_of(own) is not None
    assert introduction_of(replace(own, **other)) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: b"\xff",
        lambda content: b"[" * 100_000,
        lambda content: b"[]",
        lambda content: content.replace(b'"junit": {', b'"other": {'),
        lambda content: content.replace(b'"collectors"', b'"collector"'),
        lambda content: content.replace(b'"module"', b'"modules"'),
        lambda content: content.replace(b'"what"', b'"thing"'),
        lambda content: json.dumps({"junit": None}).encode(),
    ],
    ids=["empty", "no text", "deep", "a list", "not in it", "no collectors", "no module", "another shape", "nothing"],
)
def test_what_does_not_read_as_it_should_is_not_believed(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    """The plugin itself is always there to ask."""
    spoiled = tmp_path / FILE.name
    spoiled.write_bytes(spoil(FILE.read_bytes()))

    assert introduction_of(discover()["junit"], spoiled) is None
    assert introduction_of(discover()["junit"], tmp_path / "none.json") is None


def test_one_that_says_nonsense_is_refused_alone(tmp_path: Path) -> None:
    """The others still recognize their files."""
    odd = write_plugin(tmp_path, "odd_one", SOURCE.replace("{more}", 'recognizes = ({"what": "x"},)'))
    own = discover()["junit"]

    refused, sound = ask_introductions([odd, own])

    assert "recognizes something that is not a Recognizes" in refused.refused
    assert [each.name for each in sound.collectors] == ["junit"]


def test_one_that_is_not_written_down_is_asked_and_stands_where_it_was_named(tmp_path: Path) -> None:
    """Kinds of files are tried in this order."""
    odd = write_plugin(tmp_path, "odd_one", SOURCE.replace("{more}", ""))
    own = discover()

    offers = introduce([own["junit"], odd, own["sarif"]])

    assert [each.name for offer in offers for each in offer.collectors] == ["junit", "reader", "sarif"]


def test_plugins_behind_other_walls_share_no_child(tmp_path: Path, children: list[list[str]]) -> None:
    """The walls are those of the first question, and open to its code alone."""
    source = SOURCE.replace("{more}", "")
    one, other = (write_plugin(tmp_path / name, name, source) for name in ("one_of_two", "other_of_two"))

    introduce([one, other])

    assert children == [["one_of_two", "other_of_two"]]


def test_somebody_elses_plugins_share_no_child(tmp_path: Path, children: list[list[str]]) -> None:
    """What one of them does must not reach the other."""
    source = SOURCE.replace("{more}", "")
    foreign = [write_plugin(tmp_path, name, source, own=False) for name in ("foreign_one", "foreign_other")]

    introduce(foreign)

    assert children == [["foreign_one", "foreign_other"]]
