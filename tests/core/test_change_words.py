"""Changes of the rules in words: what is looser comes first, and nothing else is called loosened."""

from gonogo.core.change_words import ADDED, loosened_lines, loosest_first, reason_words
from gonogo.model.change import Effect, RuleChange


def change(effect, **more):
    loosens = effect in (Effect.LOOSENS, Effect.MAY_LOOSEN)
    return RuleChange(
        by="o@1", part="severity", old="mandatory", new="advisory", effect=effect, loosens=loosens, **more
    )


def test_what_loosens_comes_first_then_what_may():
    """Who signs reads the top of a list."""
    effects = [Effect.NEITHER, Effect.TIGHTENS, Effect.MAY_LOOSEN, Effect.LOOSENS]

    assert [each.effect for each in loosest_first(map(change, effects))] == effects[::-1]


def test_a_line_says_what_is_what_was_by_which_layer_and_why():
    """One line is all that a signer of a draft reads of it."""
    sure = change(Effect.LOOSENS, criterion="system.ato", reason="The office asked.")

    assert loosened_lines([sure, *map(change, (Effect.MAY_LOOSEN, Effect.TIGHTENS, Effect.NEITHER))]) == (
        "system.ato, severity: advisory, was mandatory; o@1: The office asked.",
        "the ruleset, severity: advisory, was mandatory (may loosen); o@1: no reason",
    )


def test_what_was_added_says_itself_why_and_only_a_change_without_a_reason_lacks_one():
    """*No reason is recorded* beside a new criterion reads as a fault of its author."""
    added = change(Effect.NEITHER).model_copy(update={"old": ADDED})

    assert reason_words(added) == "it is new, and says itself why it is asked"
    assert reason_words(change(Effect.LOOSENS)) == "no reason is given"
    assert reason_words(change(Effect.LOOSENS, reason="Asked.")) == "Asked."
