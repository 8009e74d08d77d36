"""Many questions share a child, and each is answered as if it had one of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gonogo.isolate import ChildOutcome, Task
from gonogo.plugin import asked_together
from gonogo.plugin.discovery import PluginEntry, discover
from gonogo.plugin.host import check_bindings
from gonogo.plugin.trial import starts_of, try_settings
from gonogo.plugin.turns import Turns
from gonogo.testing.programs import binding_of, program_of, vocabulary_of, write_plugin

SOURCE = """
    import os
    from gonogo.plugin.recognizes import Start
    from gonogo.plugin.spec import NoSettings, hookimpl

    class Reader:
        name = "reader"
        facts = ()
        settings = NoSettings
        network = ()

        def declare(self, settings):
            return ()

        def collect(self, job, settings):
            return ()

        def start(self, data, name):
            if data == b"kills":
                os._exit(1)
            return Start(settings={"content": data.decode(), "child": str(os.getpid())})

    @hookimpl
    def gonogo_register_collectors(register):
        register(Reader())
"""


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many children were started, a number for each time that some were."""
    counted: list[int] = []
    really: Turns = asked_together.in_turn_or_here

    def counting(asked: Sequence[tuple[PluginEntry, Task]], *, parallel: int) -> list[ChildOutcome]:
        counted.append(len(asked))
        return really(asked, parallel=parallel)

    monkeypatch.setattr(asked_together, "in_turn_or_here", counting)
    return counted


def files(folder: Path, *contents: str) -> list[Path]:
    paths = [folder / f"{number}.txt" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_text(content)
    return paths


def contents_of(entry: PluginEntry, paths: Sequence[Path]) -> list[str | None]:
    starts = starts_of([(entry, "", path) for path in paths])
    return [None if start is None else start.settings["content"] for start in starts]


class TestFiles:
    def test_files_of_one_collector_share_a_child(self, tmp_path: Path, children: list[int]) -> None:
        """A folder of 500 files started 190 children, which took longer than everything else of `gonogo init`."""
        paths = files(tmp_path, "a", "b", "c")

        assert contents_of(write_plugin(tmp_path, "sharing", SOURCE), paths) == ["a", "b", "c"]
        assert children == [1, 0]

    def test_a_file_on_which_the_collector_dies_takes_no_other_answer_with_it(self, tmp_path: Path) -> None:
        """Each of them had a child of its own before, and a crafted file must not blind `init` to the others."""
        paths = files(tmp_path, "a", "kills", "c")

        assert contents_of(write_plugin(tmp_path, "dying", SOURCE), paths) == ["a", None, "c"]

    def test_a_file_that_raises_is_answered_for_alone(self, tmp_path: Path, children: list[int]) -> None:
        """Bytes that are no text are an answer, not the end of the child."""
        [first, second] = files(tmp_path, "a", "b")
        first.write_bytes(b"\xff")

        assert contents_of(write_plugin(tmp_path, "raising", SOURCE), [first, second]) == [None, "b"]
        assert children == [1, 0]

    def test_a_file_that_is_gone_has_no_answer(self, tmp_path: Path) -> None:
        """Folders are synchronized while they are looked through."""
        [first] = files(tmp_path, "a")

        assert contents_of(write_plugin(tmp_path, "looking", SOURCE), [tmp_path / "gone.txt", first]) == [None, "a"]

    @pytest.mark.parametrize(("number", "started"), [(2, [1, 0]), (3, [1, 1]), (4, [2, 0])])
    def test_a_child_answers_so_many_questions(
        self,
        tmp_path: Path,
        children: list[int],
        monkeypatch: pytest.MonkeyPatch,
        number: int,
        started: list[int],
    ) -> None:
        """Its time and memory are limited; one that is left over has a child as before."""
        monkeypatch.setattr(asked_together, "MOST", 2)
        letters = "abcd"[:number]

        found = contents_of(write_plugin(tmp_path, "many", SOURCE), files(tmp_path, *letters))

        assert found == list(letters)
        assert children == started

    def test_somebody_elses_files_never_share_a_child(self, tmp_path: Path, children: list[int]) -> None:
        """What one file does to a foreign collector must not reach the next one."""
        foreign = write_plugin(tmp_path, "foreign", SOURCE, own=False)

        starts_of([(foreign, "", path) for path in files(tmp_path, "a", "b")])

        assert children == [2]


class TestSettings:
    def test_equal_questions_are_asked_once(self, children: list[int]) -> None:
        """A folder has a hundred test reports, whose bindings have the same settings."""
        raid = discover()["raid"]

        first, second, third = try_settings([(raid, "", {}), (raid, "", {"impact_scale": "list"}), (raid, "", {})])

        assert first == third != second
        assert children == [1, 0]

    def test_a_refusal_is_that_of_its_own_settings(self) -> None:
        """The sentence goes below the binding that it is about."""
        raid = discover()["raid"]

        sound, mistaken = try_settings([(raid, "", {"impact_scale": "list"}), (raid, "", {})])

        assert sound.facts
        assert not sound.refused
        assert "impact_scale" in mistaken.refused


DECLARING = """
    import os
    from gonogo.plugin.spec import NoSettings, hookimpl

    READY = []

    def before_fork():
        READY.append("ready")

    class Reader:
        name = "reader"
        facts = ()
        settings = NoSettings
        network = ()

        def declare(self, settings):
            return ()

        def advise(self, settings):
            return [os.environ.get("GONOGO_OF_ONE", "nothing"), *READY]

        def collect(self, job, settings):
            return ()

    @hookimpl
    def gonogo_register_collectors(register):
        register(Reader())
"""


class TestBindings:
    def advice(self, folder: Path, name: str, *env: tuple[str, ...]) -> list[str]:
        entry = write_plugin(folder, name, DECLARING)
        bindings = [binding_of(name, id=f"b{number}", env=each) for number, each in enumerate(env)]
        found = check_bindings(program_of(*bindings), vocabulary_of(), entries={name: entry})
        return [problem.what for problem in found]

    def test_bindings_are_checked_together(self, tmp_path: Path, children: list[int]) -> None:
        """The first confirmation of 49 sheets started 147 children, only to hear what collectors declare."""
        assert self.advice(tmp_path, "checked", (), (), ()) == [f"b{number}: nothing" for number in range(3)]
        assert children == [1, 0]

    def test_no_binding_sees_the_variables_of_another(
        self, tmp_path: Path, children: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A program hands a variable to the binding that needs it, and to no other."""
        monkeypatch.setenv("GONOGO_OF_ONE", "one")

        told = self.advice(tmp_path, "handed", ("GONOGO_OF_ONE",), (), ("GONOGO_OF_ONE",), ())

        assert told == ["b0: one", "b1: nothing", "b2: one", "b3: nothing"]
        assert children == [2, 0]

    def test_libraries_for_reading_are_not_loaded_to_check(self, tmp_path: Path) -> None:
        """Opening a database in the host took a tenth of `gonogo lint`, and no query is run there."""
        assert self.advice(tmp_path, "unready", ()) == ["b0: nothing"]
