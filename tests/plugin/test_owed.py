"""What nobody asks for is not computed, and what the host drops is what the collector may leave out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gonogo.model.fact import FactType
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.host import collect
from gonogo.plugin.owed import owed
from gonogo.plugin.preparing import RunOfChildren, prepare
from gonogo.plugin.spec import LocalFact
from gonogo.testing.jobs import SAMPLE_NOW
from gonogo.testing.programs import SAMPLE_RELEASE, binding_of, program_of, vocabulary_of, write_plugin

OPEN = LocalFact("open", FactType.INTEGER, "Open items.", "items")
MORE = LocalFact("more", FactType.INTEGER, "More items.", "items", if_known=True)
VOCABULARY = vocabulary_of(sample__open=FactType.INTEGER, sample__more=FactType.INTEGER, other__open=FactType.INTEGER)
TELLING = """
    from gonogo.plugin.spec import *

    OPEN = LocalFact("open", "integer", "Open items.", "items")
    MORE = LocalFact("more", "integer", "More items.", "items", if_known=True)

    class Telling:
        name = "telling"
        facts = (OPEN, MORE)
        settings = NoSettings
        network = ()

        def declare(self, settings):
            return self.facts

        def collect(self, job, settings):
            yield OPEN.missing(", ".join(sorted(job.known)))

    @hookimpl
    def gonogo_register_collectors(register):
        register(Telling())
"""


class TestOwed:
    @pytest.mark.parametrize(
        ("known", "found"),
        [
            (None, ("open", "more")),
            ({"open", "more"}, ("open", "more")),
            ({"open"}, ("open",)),
            (set(), ("open",)),
        ],
    )
    def test_a_fact_that_is_owed_if_known_waits_for_the_vocabulary(
        self, known: set[str] | None, found: tuple[str, ...]
    ) -> None:
        """A fact without that word is owed whatever the vocabulary says, so that a misspelt one is found."""
        assert tuple(fact.name for fact in owed((OPEN, MORE), known)) == found

    def test_where_nothing_would_be_left_everything_is_owed(self) -> None:
        """The prefix of the binding is misspelt, and the host says so about all of them."""
        assert owed((MORE,), {"open"}) == (MORE,)


class TestKnown:
    def handed(self, entry: PluginEntry, folder: Path, prefix: str | None, **more: Any) -> list[str] | None:
        """Return what the child of a binding would hear of the vocabulary."""
        binding = binding_of(entry.name, prefix=prefix)
        program = program_of(binding)
        request = CollectionRequest(program, folder, SAMPLE_RELEASE, SAMPLE_NOW, **more)
        _, task = prepare(RunOfChildren(program, folder, request), binding, entry)
        known: list[str] | None = json.loads(task.request)["job"].get("known")
        return known

    @pytest.mark.parametrize(
        ("prefix", "known"),
        [("sample", ["open", "more"]), ("sampl", []), (None, ["sample.open", "sample.more", "other.open"])],
    )
    def test_a_collector_hears_the_local_names_that_the_vocabulary_has(
        self, tmp_path: Path, prefix: str | None, known: list[str]
    ) -> None:
        """They are those below the prefix of its binding, as the host compares them."""
        entry = write_plugin(tmp_path, "telling_plugin", TELLING)

        assert self.handed(entry, tmp_path, prefix, vocabulary=VOCABULARY) == known

    def test_where_there_is_no_vocabulary_everything_is_owed(self, tmp_path: Path) -> None:
        """`gonogo collect` shows what a source says, whatever a ruleset asks."""
        entry = write_plugin(tmp_path, "telling_plugin", TELLING)

        assert self.handed(entry, tmp_path, "sample") is None

    def test_somebody_elses_collector_hears_nothing(self, tmp_path: Path) -> None:
        """It owes what it declares; what a ruleset asks for is nothing that it has to know."""
        entry = write_plugin(tmp_path, "telling_plugin", TELLING, own=False)

        assert self.handed(entry, tmp_path, "sample", vocabulary=VOCABULARY) is None

    def test_what_a_collector_leaves_out_is_no_gap(self, tmp_path: Path) -> None:
        """The reply is as if it had never been declared."""
        entry = write_plugin(tmp_path, "telling_plugin", TELLING)
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER)
        program = program_of(binding_of("telling_plugin"))

        [reply] = collect(
            CollectionRequest(
                program, tmp_path, SAMPLE_RELEASE, SAMPLE_NOW, vocabulary=vocabulary, entries={entry.name: entry}
            )
        )

        assert reply.declared == ("sample.open",)
        assert [(item.fact, item.detail) for item in reply.items] == [("sample.open", "open")]
