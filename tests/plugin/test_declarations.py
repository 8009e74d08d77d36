"""Mistakes in bindings, as they are told: each with its place, and what is no mistake is not told as one."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath
from gonogo.model.register import Register
from gonogo.model.reply import Failure, Item, Reply
from gonogo.plugin.declarations import (
    WARNINGS,
    advised,
    declared_problems,
    doubled_problems,
    named_problems,
    settings_problems,
)
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.inputs.search import InputFault, Search, find
from gonogo.plugin.protocol import SettingsMistake, WireFact
from gonogo.plugin.replies import AcceptedReply
from gonogo.testing.programs import binding_of, program_of, vocabulary_of

ENTRY = PluginEntry("tracker", "tracker", "gonogo", "1.0", builtin=True)
BY_NAME = AsOf(rule=AsOfRule.FILE_NAME, pattern=r"(\d{4}-\d{2}-\d{2})")


def answer(*names: str, failure: str = "", kind: FactType = FactType.INTEGER, **more: Any) -> AcceptedReply:
    failed = Failure(reason=GapReason.COLLECTOR_FAILED, detail=failure) if failure else None
    reply = Reply(binding="b", collector="tracker:main", level="L1", declared=names, failure=failed)
    unit = "items" if kind.has_unit else ""
    return AcceptedReply(reply, {name: WireFact(name="open", type=kind, unit=unit) for name in names}, **more)


def told(problems: Any) -> list[tuple[str, str]]:
    return [(problem.code, problem.what) for problem in problems]


def tracker(name: str = "b", **more: Any) -> Binding:
    return binding_of("tracker", id=name, **more)


class TestSettings:
    @pytest.mark.parametrize(
        ("said", "end"), [("No such key.", "No such key."), ("Did you mean x?", "Did you mean x?"), ("Bad", "Bad.")]
    )
    def test_a_mistake_has_its_place_and_one_full_stop(self, said: str, end: str):
        mistakes = (SettingsMistake(loc=("facts", 0, "from"), msg=said),)

        found = told(settings_problems([(tracker(), answer(failure="Refused.", mistakes=mistakes))], failures=True))

        assert found == [("G304", f"b: settings.facts.0.from: {end}")]

    def test_a_failure_is_told_where_it_is_asked_for(self):
        """A run tells it as gaps; `lint` has to say why nothing was declared."""
        answers = [(tracker(), answer(failure="It crashed."))]

        assert told(settings_problems(answers)) == []
        assert told(settings_problems(answers, failures=True)) == [("G303", "b: It crashed.")]
        assert told(settings_problems([(tracker(), answer("sample.open"))], failures=True)) == []

    def test_a_refusal_is_told_in_its_own_words(self):
        answers = [(tracker(), answer(failure="The collector failed.", refused="There is no collector x."))]

        assert told(settings_problems(answers, failures=True)) == [("G303", "b: There is no collector x.")]


class TestNames:
    def test_a_good_binding_has_no_problem(self):
        program = program_of(tracker(paths=["evidence/a*.csv"]))

        assert named_problems(program, {"tracker": ENTRY}) == []

    @pytest.mark.parametrize(
        ("entry", "words"),
        [
            (InputPath(name="file", paths=("../a.csv",), as_of=AsOf(rule=AsOfRule.DOCUMENT)), "b: "),
            (
                InputPath(name="file", paths=("a.csv",), as_of=AsOf(rule=AsOfRule.DOCUMENT), pick_newest=True),
                "the newest file can be picked only where as_of is read from the file name.",
            ),
        ],
        ids=["outside", "newest"],
    )
    def test_what_cannot_be_looked_for_is_told_without_looking(self, entry: InputPath, words: str):
        [(code, sentence)] = told(named_problems(program_of(tracker(inputs=(entry,))), {"tracker": ENTRY}))

        assert code == "G308"
        assert words in sentence

    def test_a_plugin_that_is_not_installed_is_told(self):
        assert [problem.code for problem in named_problems(program_of(tracker()), {})] == ["G301"]


class TestDates:
    @pytest.mark.parametrize("personal", [True, False])
    def test_a_name_without_a_date_is_repeated_only_where_nobody_can_be_in_it(self, tmp_path: Path, personal: bool):
        """`Jane_Doe.csv` is a person."""
        (tmp_path / "x_jane.csv").write_bytes(b"a")
        entry = InputPath(name="file", paths=("x_*.csv",), as_of=BY_NAME)
        search = Search(entry, "x_*.csv", program_of().identity, personal)

        with ExitStack() as stack, pytest.raises(InputFault) as caught:
            find(search, tmp_path, stack)

        assert caught.value.reason is GapReason.MISSING
        assert ("jane" in caught.value.sentence) is not personal

    @pytest.mark.parametrize("personal", [True, False])
    def test_a_name_that_is_no_text_is_repeated_only_where_nobody_can_be_in_it(self, tmp_path: Path, personal: bool):
        (tmp_path / "x_jane\n.csv").write_bytes(b"a")
        entry = InputPath(name="file", paths=("x_*.csv",), as_of=AsOf(rule=AsOfRule.DOCUMENT))

        with ExitStack() as stack, pytest.raises(InputFault) as caught:
            find(Search(entry, "x_*.csv", program_of().identity, personal), tmp_path, stack)

        assert "rename it" in caught.value.sentence
        assert ("jane" in caught.value.sentence) is not personal

    def test_a_source_of_which_nobody_says_that_it_is_personal_shows_its_names(self, tmp_path: Path):
        for name in ("x_a.csv", "x_b.csv"):
            (tmp_path / name).write_bytes(b"a")
        entry = InputPath(name="file", paths=("x_*.csv",), as_of=AsOf(rule=AsOfRule.DOCUMENT))

        with ExitStack() as stack, pytest.raises(InputFault, match=r"x_a\.csv, x_b\.csv"):
            find(Search(entry, "x_*.csv", program_of().identity), tmp_path, stack)


class TestFacts:
    def test_a_fact_that_is_as_the_vocabulary_says_is_no_problem(self):
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER)

        assert declared_problems(program_of(tracker()), [(tracker(), answer("sample.open"))], vocabulary) == []

    @pytest.mark.parametrize(("name", "hint"), [("sample.opem", True), ("zzz.q", False)])
    def test_an_unknown_one_names_the_nearest_where_there_is_one(self, name: str, hint: bool):
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER)

        [problem] = declared_problems(program_of(tracker()), [(tracker(), answer(name))], vocabulary)

        assert problem.code == "G305"
        assert ("did you mean 'sample.open'?" in problem.hint) is hint

    def test_one_that_gonogo_computes_is_nobodys_to_answer(self):
        """A source that says that nothing is left unaccepted would accept it all."""
        facts = vocabulary_of(sample__open=FactType.INTEGER, sample__left=FactType.INTEGER).facts
        register = Register(
            id="open", item="one item", fact="sample.left", accept=("customer.functional_lead",),
            open_unaccepted="sample.open",
        )  # fmt: skip
        vocabulary = Vocabulary(facts=facts, registers=(register,))

        [problem] = declared_problems(program_of(tracker()), [(tracker(), answer("sample.open"))], vocabulary)

        assert problem.code == "G316"
        assert declared_problems(program_of(tracker()), [(tracker(), answer("sample.left"))], vocabulary) == []

    @pytest.mark.parametrize("name", ["plans.incomplete", "waivers.active", "criteria.uncontrolled_changes"])
    def test_so_is_a_count_of_the_papers_of_the_run(self, name: str):
        """A file that says that every plan is complete completes none."""
        vocabulary = vocabulary_of(**{name.replace(".", "__"): FactType.INTEGER})

        [problem] = declared_problems(program_of(tracker()), [(tracker(), answer(name))], vocabulary)

        assert problem.code == "G316"

    def test_one_of_another_type_says_both_with_their_units(self):
        """7 items, 7 true: one of them would be compared with the other's threshold."""
        vocabulary = vocabulary_of(sample__open=FactType.BOOLEAN)

        [problem] = declared_problems(program_of(tracker()), [(tracker(), answer("sample.open"))], vocabulary)

        assert problem.code == "G306"
        assert "with a value of type integer in items, but the vocabulary says a value of type boolean." in problem.what

    def test_one_of_another_unit_is_another_fact(self):
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER)
        other = AcceptedReply(
            answer("sample.open").reply, {"sample.open": WireFact(name="open", type=FactType.INTEGER, unit="days")}
        )

        [problem] = declared_problems(program_of(tracker()), [(tracker(), other)], vocabulary)

        assert "in days" in problem.what


class TestOwedIfKnown:
    """A collector that can say more than a ruleset asks must fit every ruleset."""

    def both(self, *known: str) -> AcceptedReply:
        items = tuple(Item(fact=name, gap=GapReason.MISSING, detail="no") for name in ("b.open", "b.more"))
        given = answer("b.open", "b.more")
        facts = {name: fact.model_copy(update={"if_known": name == "b.more"}) for name, fact in given.declared.items()}
        reply = given.reply.model_copy(update={"items": items})
        return replace(given, declared=facts, reply=reply).asked_by(
            vocabulary_of(**dict.fromkeys(known, FactType.INTEGER))
        )

    def test_what_the_vocabulary_lacks_is_as_if_never_declared(self):
        """Neither a mistake nor a gap of its own."""
        found = self.both("b__open")

        assert (list(found.declared), found.reply.declared) == (["b.open"], ("b.open",))
        assert [item.fact for item in found.reply.items] == ["b.open"]

    def test_what_it_has_is_owed(self):
        """A gap stays a gap."""
        assert [item.fact for item in self.both("b__open", "b__more").reply.items] == ["b.open", "b.more"]

    def test_a_fact_without_that_word_is_a_mistake_as_before(self):
        """The author of a mapping misspelt it."""
        found = self.both("b__more")

        [(code, _)] = told(
            declared_problems(program_of(tracker()), [(tracker(), found)], vocabulary_of(b__more=FactType.INTEGER))
        )
        assert code == "G305"

    def test_a_binding_none_of_whose_facts_is_known_is_refused(self):
        """Its prefix is misspelt, and every criterion would be unknown without a word on why."""
        given = answer("sacn.open")
        lone = replace(given, declared={"sacn.open": given.declared["sacn.open"].model_copy(update={"if_known": True})})
        vocabulary = vocabulary_of(scan__open=FactType.INTEGER)

        found = told(declared_problems(program_of(tracker()), [(tracker(), lone.asked_by(vocabulary))], vocabulary))
        assert [code for code, _ in found] == ["G305"]

    def test_a_binding_whose_facts_the_ruleset_lacks_while_it_has_others_of_the_prefix_is_advice(self):
        """The prefix is right, and the ruleset asks for less: a comparison of two schedules stopped every run."""
        given = answer("b.open", "b.more")
        offered = {name: fact.model_copy(update={"if_known": True}) for name, fact in given.declared.items()}

        found = replace(given, declared=offered).asked_by(vocabulary_of(b__closed=FactType.INTEGER))

        assert (found.declared, found.reply.declared, found.reply.items) == ({}, (), ())
        assert declared_problems(program_of(tracker()), [(tracker(), found)], vocabulary_of()) == []
        [problem] = advised([(tracker(), found)])
        assert problem.code in WARNINGS
        assert "answers for b.open, b.more, and the ruleset has none of them" in problem.what

    def test_a_binding_of_many_facts_that_no_ruleset_asks_for_is_told_once(self):
        """One sentence with what to do, and not one for each fact."""
        given = answer("b.open", "b.more")
        offered = {name: fact.model_copy(update={"if_known": True}) for name, fact in given.declared.items()}
        vocabulary = vocabulary_of(scan__open=FactType.INTEGER)

        [problem] = declared_problems(
            program_of(tracker()), [(tracker(), replace(given, declared=offered).asked_by(vocabulary))], vocabulary
        )

        assert problem.code == "G305"
        assert problem.what == (
            "b: its collector answers for 2 facts, such as 'b.open', and the vocabulary has none of them."
        )
        assert "take the binding out" in problem.hint


class TestTwoAnswers:
    def pair(self, *names: str, first: str | None = None, second: str | None = None, **more: Any) -> list[str]:
        answers = [(tracker("a", release=first), answer(*names)), (tracker("b", release=second), answer(*names))]
        return [problem.what for problem in doubled_problems(program_of(**more), answers)]

    def test_for_one_fact_are_told_once(self):
        """Nobody said which counts."""
        assert self.pair("sample.open") == ["b: answers for sample.open, as a does."]

    def test_are_none_where_an_authority_says_which_counts(self):
        assert self.pair("sample.open", authority={"sample.open": "a"}) == []

    @pytest.mark.parametrize(
        ("first", "second", "count"), [("R1", "R2", 0), ("R1", "R1", 1), (None, "R1", 1), ("R1", None, 1)]
    )
    def test_are_none_where_they_are_of_two_releases(self, first: str | None, second: str | None, count: int):
        assert len(self.pair("sample.open", first=first, second=second)) == count

    @pytest.mark.parametrize(("facts", "more"), [(3, ""), (4, " and 1 more")])
    def test_name_three_facts_and_count_the_rest(self, facts: int, more: str):
        names = [f"s.f{number}" for number in range(facts)]

        assert self.pair(*names) == [f"b: answers for s.f0, s.f1, s.f2{more}, as a does."]

    def test_of_a_third_name_both_others(self):
        answers = [(tracker(name), answer("sample.open")) for name in "abc"]

        assert [problem.what for problem in doubled_problems(program_of(), answers)][-1].endswith("as a, b do.")


class TestAuthority:
    def test_a_binding_that_is_not_there_is_named_with_the_nearest(self):
        program = program_of(tracker("tests"), authority={"sample.open": "test"})

        [problem] = declared_problems(program, [], vocabulary_of())

        assert problem.code == "G309"
        assert problem.hint == "did you mean 'tests'?"

    @pytest.mark.parametrize(
        ("said", "wrong"),
        [(answer("sample.open"), False), (answer("sample.shut"), True), (answer(failure="It crashed."), False)],
        ids=["answers", "does not", "nobody knows"],
    )
    def test_a_binding_that_does_not_answer_is_told(self, said: AcceptedReply, wrong: bool):
        """What failed to declare may well answer tomorrow; what declared without the fact never will."""
        bound = tracker("tests")
        program = program_of(bound, authority={"sample.open": "tests"})
        vocabulary = vocabulary_of(sample__open=FactType.INTEGER, sample__shut=FactType.INTEGER)

        found = told(declared_problems(program, [(bound, said)], vocabulary))

        assert found == ([("G309", "authority: sample.open: the binding 'tests' does not answer for it.")] * wrong)

    def test_a_binding_that_was_not_asked_is_not_judged(self):
        """One binding was asked by its name; the others may answer."""
        bound = tracker("tests")

        assert declared_problems(program_of(bound, authority={"sample.open": "tests"}), [], vocabulary_of()) == []
