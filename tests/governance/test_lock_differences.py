"""What differs from a lock, in words: each part of it, which way it goes, and at which milestone."""

from datetime import timedelta

import pytest

from gonogo.governance.locked_content import binding_digests, content_of, lock_differences, source_changes
from gonogo.governance.program_differences import _plugin
from gonogo.governance.rule_differences import ladder_words
from gonogo.language.expression import parse_requirement
from gonogo.model.change import Effect
from gonogo.model.lock import LockedContent
from gonogo.model.program import AllowedPlugin
from gonogo.model.ruleset import HOLD_SOURCE, Ruleset


@pytest.fixture(scope="module")
def content(locked_once) -> LockedContent:
    return locked_once.found.content


def differing(content, **changed):
    return lock_differences(content, content.model_copy(update=changed))


def rules(content, change):
    """The content with other rules; ``change`` edits their document."""
    ruleset = Ruleset.from_document(content.ruleset).document()
    change(ruleset)
    return {"ruleset": ruleset}


def criterion(name, **values):
    def change(ruleset):
        (found,) = [each for each in ruleset["criteria"] if each["id"] == name]
        found.update(values)

    return change


TRAINING, TESTS = "workforce.training.completion", "system.tests.executed"


def ladder(**rungs):
    steps = [{"milestone": name.replace("_", "-"), "value": value} for name, value in rungs.items()]
    return [{"name": "min_completion", "ladder": steps}]


def test_equal_contents_differ_in_nothing(content):
    """A stop for nothing is how a lock is switched off."""
    again = LockedContent.from_document(content.document())

    assert lock_differences(content, again) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"adopt": (TESTS,)},
        {"accept_conditional": True},
        {"authority": {"sit.failed": "tests"}},
        {"allow": (AllowedPlugin(distribution="agency", version="1.0"),)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_lock_freezes_each_line_of_the_program_that_moves_a_verdict(locked_once, content, changed):
    """Who adopts fewer criteria after both sides signed is judged by other rules than those that were signed."""
    loaded = locked_once.found.loaded
    other = loaded.program.model_copy(update=changed)

    assert content_of(loaded.program, loaded.ruleset, loaded.vocabulary) == content
    assert content_of(other, loaded.ruleset, loaded.vocabulary).digest() != content.digest()


IDENTITY = ["id", "customer", "provider", "offerings", "time_zone", "calendar", "closures"]


@pytest.mark.parametrize("field", IDENTITY)
def test_a_lock_freezes_each_part_of_the_identity(locked_once, content, field):
    """What is left out of the content can be changed without anybody's approval."""
    loaded = locked_once.found.loaded
    other = ("x",) if field in ("offerings", "closures") else "other"
    identity = loaded.program.identity.model_copy(update={field: other})
    frozen = content_of(
        loaded.program.model_copy(update={"identity": identity}), loaded.ruleset, loaded.vocabulary
    ).identity

    assert getattr(frozen, field) == other
    assert getattr(content.identity, field) != other


@pytest.mark.parametrize("field", ["id", "go_live", "window", "scope", "environment"])
def test_a_lock_freezes_each_part_of_a_release(locked_once, content, field):
    """A rehearsal environment that becomes production, or a go-live that moves, is another decision."""
    loaded = locked_once.found.loaded
    (release,) = loaded.program.releases
    other = release.go_live + timedelta(days=1) if field == "go_live" else "other"
    program = loaded.program.model_copy(update={"releases": (release.model_copy(update={field: other}),)})

    (frozen,) = content_of(program, loaded.ruleset, loaded.vocabulary).releases
    assert getattr(frozen, field) == other
    assert frozen != content.releases[0]


def test_what_is_in_force_is_frozen_with_the_rules_and_the_facts(locked_once, content):
    """Both are the whole of what was read, not their names."""
    loaded = locked_once.found.loaded

    assert (content.ruleset, content.vocabulary) == (loaded.ruleset.document(), loaded.vocabulary.document())


def test_the_sources_that_changed_are_named_and_those_that_moved_in_the_file_are_not(locked_once):
    """They are frozen by nobody, so they are said."""
    program = locked_once.found.loaded.program
    first, *others = program.bindings
    locked = binding_digests(program)

    moved = first.model_copy(update={"where": "gonogo.yaml:99:1"})
    changed = first.model_copy(update={"producer": "Somebody else"})
    assert [*source_changes(locked, program.model_copy(update={"bindings": (moved, *others)}))] == []
    assert [*source_changes(locked, program.model_copy(update={"bindings": (changed, *others)}))] == [
        f"what the program file says of the source {first.id} was changed"
    ]
    assert [*source_changes(locked, program.model_copy(update={"bindings": tuple(others)}))] == [
        f"the source {first.id} was removed"
    ]
    assert [*source_changes({}, program.model_copy(update={"bindings": (first,)}))] == [
        f"the source {first.id} was added"
    ]


@pytest.mark.parametrize("field", IDENTITY)
def test_each_part_of_the_identity_is_locked(content, field):
    """Evidence of an offering, a time zone and the closed days all move a verdict."""
    other = {"offerings": ("KeelFin",), "closures": ("2027-01-02",)}.get(field, "other")
    identity = type(content.identity).from_document(
        content.identity.document() | {field: list(other) if isinstance(other, tuple) else other}
    )

    (found,) = differing(content, identity=identity)
    assert found.loosens
    assert found.part == field.replace("_", " ")


def test_title_and_marking_are_not_locked(locked):
    """They decide nothing; to refuse a run for them would be a stop for nothing."""
    locked.edit("gonogo.yaml", "{id: small,", "{id: small, title: A better title, marking: CUI,")

    assert locked.found.differences == ()


@pytest.mark.parametrize(
    ("changed", "part", "effect"),
    [
        ({"go_live": timedelta(days=7)}, "go-live of the release first", Effect.MAY_LOOSEN),
        ({"scope": "Less."}, "scope of the release first", Effect.MAY_LOOSEN),
        ({"environment": "production"}, "environment of the release first", Effect.MAY_LOOSEN),
        ({"window": "60 hours"}, "window of the release first", Effect.NEITHER),
        ({"id": "second"}, "renamed, id of the release first", Effect.MAY_LOOSEN),
    ],
)
def test_what_is_released_when_is_locked(content, changed, part, effect):
    """A scope that shrinks while the pass rate rises is how criteria are met on paper."""
    (release,) = content.releases
    if "go_live" in changed:
        changed = {"go_live": release.go_live + changed["go_live"]}
    found = differing(content, releases=(release.model_copy(update=changed),))

    assert (found[0].part, found[0].effect) == (part, effect)


PLUGIN = AllowedPlugin(distribution="agency", version="1.0")


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        (None, (PLUGIN,), Effect.LOOSENS),
        ((PLUGIN,), None, Effect.TIGHTENS),
        ((PLUGIN,), (PLUGIN.model_copy(update={"version": "1.1"}),), Effect.MAY_LOOSEN),
        ((PLUGIN,), (PLUGIN.model_copy(update={"network": True}),), Effect.MAY_LOOSEN),
    ],
)
def test_the_plugins_that_may_run_are_locked(content, old, new, effect):
    """Another version answers with other numbers."""
    before, after = (content.model_copy(update={"plugins": each}) for each in (old, new))

    (found,) = lock_differences(before, after)
    assert found.effect is effect


@pytest.mark.parametrize(
    ("field", "old", "new", "effect"),
    [
        ("authority", None, {"sit.failed": "tests"}, Effect.MAY_LOOSEN),
        ("authority", {"sit.failed": "tests"}, {"sit.failed": "other"}, Effect.MAY_LOOSEN),
        ("adopt", None, (TESTS,), Effect.LOOSENS),
        ("adopt", (TESTS,), None, Effect.TIGHTENS),
        ("adopt", (TESTS,), (TESTS, TRAINING), Effect.TIGHTENS),
        ("adopt", (TESTS, TRAINING), (TESTS,), Effect.LOOSENS),
        ("accept_conditional", None, True, Effect.LOOSENS),
        ("accept_conditional", True, None, Effect.TIGHTENS),
    ],
)
def test_what_the_program_file_decides_is_locked(content, field, old, new, effect):
    """Each of these lines of the program file can turn a NO-GO into something better."""
    before, after = (content.model_copy(update={field: each}) for each in (old, new))

    (found,) = lock_differences(before, after)
    assert found.effect is effect


def test_a_plugin_that_may_use_the_network_is_said_to():
    """It is the difference between reading a file and sending one."""
    words = {network: _plugin(PLUGIN.model_copy(update={"network": network})) for network in (None, True)}

    assert words == {None: "allowed in version 1.0", True: "allowed in version 1.0 with the network"}


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ((TESTS,), (TRAINING,), Effect.LOOSENS),
        ((TESTS, TRAINING), (TRAINING, TESTS), Effect.NEITHER),
        ((TESTS,), (TRAINING, "program.other"), Effect.LOOSENS),
    ],
)
def test_another_set_of_adopted_criteria_is_no_larger_one(content, old, new, effect):
    """Two that are adopted for one that is dropped ask for less where it matters."""
    before, after = (content.model_copy(update={"adopt": each}) for each in (old, new))

    assert [each.effect for each in lock_differences(before, after)] == [effect]


@pytest.mark.parametrize("old", [None, {"sit.failed": "tests"}])
def test_an_authority_that_is_given_or_taken_is_a_difference(content, old):
    """Whose word counts where two sources disagree moves a verdict both ways."""
    new = {"sit.failed": "tests"} if old is None else None
    before, after = (content.model_copy(update={"authority": each}) for each in (old, new))

    (found,) = lock_differences(before, after)
    assert {found.old, found.new} == {"no source alone", "tests"}
    assert found.effect is Effect.MAY_LOOSEN


@pytest.mark.parametrize(
    ("change", "part", "effect"),
    [
        (criterion(TESTS, severity="conditional"), "severity", Effect.LOOSENS),
        (criterion(TESTS, max_age_s=604801), "max_age", Effect.LOOSENS),
        (criterion(TESTS, max_age_s=604799), "max_age", Effect.TIGHTENS),
        (criterion(TESTS, due_from="T-0"), "from", Effect.LOOSENS),
        (criterion(TESTS, remedy="Run them all."), "remedy", Effect.NEITHER),
        (lambda rules: rules["criteria"].pop(), "criterion", Effect.LOOSENS),
        (lambda rules: rules["policy"].update(cap_total=9), "open conditional criteria allowed in all", Effect.LOOSENS),
        (lambda rules: rules["offices"].append("independent.ivv"), "offices", Effect.MAY_LOOSEN),
        (lambda rules: rules.update(version="1.0.1"), "ruleset", Effect.NEITHER),
        (lambda rules: rules.update(title="Other"), "title and citations", Effect.NEITHER),
        (lambda rules: rules.update(sources={"S9": "Another"}), "title and citations", Effect.NEITHER),
        (lambda rules: rules.update(material_sha256="0" * 64), "rules", Effect.MAY_LOOSEN),
    ],
)
def test_each_part_of_the_rules_is_locked(content, change, part, effect):
    """Severities were redefined late, and criteria dropped: that is what a lock is for."""
    found = differing(content, **rules(content, change))

    assert [(each.part, each.effect) for each in found] == [(part, effect)]


def test_a_fact_that_is_measured_otherwise_is_a_difference(content):
    """A wider range, another unit or another meaning changes what a criterion asks."""
    vocabulary = {"facts": [dict(each) for each in content.vocabulary["facts"]]}
    failed = next(each for each in vocabulary["facts"] if each["name"] == "sit.failed")
    failed |= {"unit": "items", "meaning": "Something else.", "question": "Which?"}
    found = differing(content, vocabulary=vocabulary)

    assert [(each.part, each.effect) for each in found] == [
        ("fact sit.failed: unit", Effect.MAY_LOOSEN),
        ("fact sit.failed: meaning", Effect.MAY_LOOSEN),
        ("fact sit.failed: question", Effect.NEITHER),
    ]


def test_a_hold_whose_words_are_different_is_a_difference(content):
    """What voids a decision reads differently from what both sides signed."""

    def held(title):
        def change(ruleset):
            hold = {**ruleset["criteria"][0], "id": "operations.line.up", "severity": "advisory"}
            ruleset["policy"]["holds"] = [{**hold, "source": list(HOLD_SOURCE), "title": title}]

        return content.model_copy(update=rules(content, change))

    (found,) = lock_differences(held("The line is up"), held("The line was up"))
    assert (found.criterion, found.part, found.effect) == ("operations.line.up", "title", Effect.NEITHER)


def test_rules_that_cannot_be_read_any_more_may_be_looser(content):
    """A release that cannot compare must not say that nothing differs."""
    (found,) = lock_differences(content.model_copy(update={"ruleset": {"name": "x", "version": "1"}}), content)

    assert found.effect is Effect.MAY_LOOSEN


def test_a_rehearsal_by_other_rules_compares_the_rest(content):
    """To try other rules is no difference from the lock; another time zone still is."""
    changed = rules(content, criterion(TESTS, severity="advisory"))
    other = content.model_copy(update=changed)

    assert lock_differences(content, other, rules=False) == ()
    assert lock_differences(content, other.model_copy(update={"adopt": (TESTS,)}), rules=False) != ()


def test_what_loosens_comes_first(content):
    """A sponsor reads the first line."""

    def change(ruleset):
        criterion(TESTS, remedy="Other.", severity="advisory")(ruleset)
        criterion(TRAINING, max_age_s=60)(ruleset)

    found = differing(content, **rules(content, change), authority={"sit.failed": "tests"})
    assert [each.effect for each in found] == [Effect.LOOSENS, Effect.MAY_LOOSEN, Effect.TIGHTENS, Effect.NEITHER]


def test_a_difference_that_has_no_words_is_still_one(content):
    """A lock of an earlier release may hold what this one does not compare."""
    identity = content.identity.model_copy(update={"title": "Another"})

    (found,) = differing(content, identity=identity)
    assert (found.part, found.effect) == ("program", Effect.MAY_LOOSEN)
    assert lock_differences(content, content.model_copy(update={"identity": identity}), rules=False) == ()


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ({"T_30": "60%", "T_0": "98%"}, None),
        ({"T_30": "59%", "T_0": "98%"}, ("looser at T-30",)),
        ({"T_30": "60%", "T_0": "97%"}, ("looser at T-0",)),
        ({"T_30": "61%", "T_0": "97%"}, ("looser at T-0", "stricter at T-30")),
        ({"T_30": "60%", "T_14": "60%", "T_0": "98%"}, None),
        ({"T_30": "60%", "T_14": "70%", "T_0": "98%"}, ("stricter at T-14",)),
    ],
)
def test_a_ladder_says_at_which_milestones_it_is_looser(content, steps, words):
    """*Looser at T-0* is what a sponsor must read, whatever else became stricter."""
    old = Ruleset.from_document(content.ruleset)
    new = Ruleset.from_document(rules(content, criterion(TRAINING, parameters=ladder(**steps)))["ruleset"])

    one, other = (each.get(TRAINING) for each in (old, new))
    assert ladder_words(one, other, "min_completion", old.policy.milestones) == words


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({}, ("stricter at T-0",)),
        ({"require": "training.completion > min_completion"}, ("may be looser at T-0",)),
        ({"not_applicable_when": "training.completion > 1"}, ("may be looser at T-0",)),
    ],
)
def test_a_ladder_beside_another_requirement_is_stricter_for_nobody(content, other, words):
    """A higher number in another sentence is no higher bar."""
    rungs = ladder(T_30="60%", T_0="99%")
    old = Ruleset.from_document(content.ruleset).get(TRAINING)
    new = Ruleset.from_document(rules(content, criterion(TRAINING, parameters=rungs))["ruleset"]).get(TRAINING)
    new = new.model_copy(update={name: parse_requirement(text) for name, text in other.items()})

    assert ladder_words(old, new, "min_completion", ("T-30", "T-0")) == words


def test_a_ladder_that_an_exemption_reads_too_is_stricter_for_nobody(content):
    """The same number asks for more and exempts from it."""
    exempt = {"not_applicable_when": parse_requirement("training.completion >= min_completion")}
    old, new = (
        Ruleset.from_document(rules(content, criterion(TRAINING, parameters=ladder(T_30="60%", T_0=last)))["ruleset"])
        .get(TRAINING)
        .model_copy(update=exempt)
        for last in ("98%", "99%")
    )

    assert ladder_words(old, new, "min_completion", ("T-30", "T-0")) == ("may be looser at T-0",)


def test_a_rung_that_is_gone_is_looked_at_too(content):
    """A bar that was there at T-14 and is not any more is lower on that day."""
    old, new = (
        Ruleset.from_document(rules(content, criterion(TRAINING, parameters=rungs))["ruleset"]).get(TRAINING)
        for rungs in (ladder(T_30="60%", T_14="90%", T_0="98%"), ladder(T_30="60%", T_0="98%"))
    )

    assert ladder_words(old, new, "min_completion", ("T-30", "T-0")) == ("looser at T-14",)


def test_the_words_of_a_difference_say_what_was_and_what_is(content):
    """They are read aloud in the meeting."""
    (found,) = differing(content, **rules(content, criterion(TRAINING, parameters=ladder(T_30="60%", T_0="90%"))))

    assert found.sentence == (
        "workforce.training.completion: parameter min_completion was 60% from T-30, 98% from T-0, "
        "is now 60% from T-30, 90% from T-0 (looser at T-0)"
    )


RENAMED = "workforce.training.finished"


def test_a_criterion_under_another_id_is_said_to_be_renamed(content):
    """It read as a digest that differs: nobody saw that a criterion of two yellow weeks began anew."""
    found = differing(content, **rules(content, criterion(TRAINING, id=RENAMED)))

    assert [(each.criterion, each.effect, each.sentence) for each in found] == [
        (
            RENAMED,
            Effect.MAY_LOOSEN,
            f"{RENAMED}: renamed, id was {TRAINING}, is now {RENAMED} (may be looser)",
        )
    ]


def test_what_else_was_changed_of_a_renamed_criterion_is_said_beside_it(content):
    """A new name must not hide a lower threshold, nor a ladder's milestones."""
    change = criterion(TRAINING, id=RENAMED, parameters=ladder(T_30="60%", T_0="90%"), remedy="Train again.")
    found = differing(content, **rules(content, change))

    assert [(each.part, each.effect, each.at) for each in found] == [
        ("parameter min_completion", Effect.LOOSENS, ("looser at T-0",)),
        ("renamed, id", Effect.MAY_LOOSEN, None),
        ("remedy", Effect.NEITHER, None),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (["a"], ["b"], ["renamed, id of the release a"]),
        (["a"], ["b2"], ["renamed, id of the release a", "go-live of the release a"]),
        (["a", "c2"], ["b", "d2"], ["renamed, id of the release a", "renamed, id of the release c"]),
        (["a", "c"], ["b", "d"], ["release a", "release c", "release b", "release d"]),
        (["a", "c2"], ["a", "c2", "d"], ["release d"]),
        (["a", "c"], ["a"], ["release c"]),
    ],
)
def test_a_release_under_another_id_is_said_to_be_renamed(content, old, new, said):
    """By its go-live, or where one is gone and one is new; where nobody can tell, each is said for itself."""

    def made(names):
        (first,) = content.releases
        return content.model_copy(
            update={
                "releases": tuple(
                    first.model_copy(update={"id": name[0], "go_live": first.go_live + timedelta(days=len(name))})
                    for name in names
                )
            }
        )

    found = lock_differences(made(old), made(new))

    assert [each.part for each in found] == said
    assert {each.effect for each in found} == {Effect.MAY_LOOSEN}
