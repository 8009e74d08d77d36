"""Requirements: what is read, what is refused, and where the caret points."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.language.expression import (
    MAX_DEPTH,
    MAX_LENGTH,
    ExpressionError,
    parse_literal,
    parse_requirement,
)
from gonogo.language.printer import requirement_text
from gonogo.language.requirement import (
    All,
    AnyOf,
    Arithmetic,
    Binary,
    Comparison,
    Condition,
    Duration,
    FactRef,
    Literal,
    Membership,
    Moment,
    MomentRef,
    Negative,
    Not,
    Number,
    Operand,
    Operator,
    ParameterRef,
    Span,
    Text,
    Truth,
    walk,
)

NOWHERE = Span(0, 0)

GOOD = [
    # text, and the same with every choice of the grammar made visible
    ("a.b", "a.b == true"),
    ("flag", "flag == true"),
    ("not a.b", "not a.b == true"),
    ("a.b>=3", "a.b >= 3"),
    ("a.b >= 95%", "a.b >= 95%"),
    ("a.b >= 0.950", "a.b >= 0.95"),
    ("a.b >= -3", "a.b >= -3"),
    ("a.b >= - 3", "a.b >= -3"),
    ("a.b >= -(3)", "a.b >= -(3)"),
    ("a.b == 'signed'", 'a.b == "signed"'),
    (r'a.b == "say \"yes\""', r'a.b == "say \"yes\""'),
    ("a.b in [1, 2,3]", "a.b in [1, 2, 3]"),
    ("a.b not in ['x']", 'a.b not in ["x"]'),
    ("not a.b in ['x']", 'a.b not in ["x"]'),
    ("a.b or c.d and e.f", "a.b == true or c.d == true and e.f == true"),
    ("(a.b or c.d) and e.f", "(a.b == true or c.d == true) and e.f == true"),
    ("not a.b and c.d", "not a.b == true and c.d == true"),
    ("not (a.b and c.d)", "not (a.b == true and c.d == true)"),
    ("a.b and (c.d and e.f)", "a.b == true and (c.d == true and e.f == true)"),
    ("a.b - 1 - 2 > c.d", "a.b - 1 - 2 > c.d"),
    ("a.b - (1 - 2) > c.d", "a.b - (1 - 2) > c.d"),
    ("a.b + c.d * 2 > x", "a.b + c.d * 2 > x"),
    ("(a.b + c.d) * 2 > x", "(a.b + c.d) * 2 > x"),
    ("-a.b * 2 > x", "-a.b * 2 > x"),
    ("now - a.b < 7d", "now - a.b < 7d"),
    ("go_live + 12h > a.b", "go_live + 12h > a.b"),
    ("go_live + 24h > a.b", "go_live + 1d > a.b"),
    ("((((a.b))))", "a.b == true"),
    ("a.b != true", "a.b != true"),
    ("a.b >=\n  3", "a.b >= 3"),
    ("a1.b_2.c > x_1", "a1.b_2.c > x_1"),
]

BAD = [
    # text, column of the caret (0-based), a piece of the sentence, a piece of the hint
    ("", 0, "empty", "training.completed_ratio"),
    ("   ", 0, "empty", "training.completed_ratio"),
    ("a.b = 3", 4, "`=` is not an operator", "did you mean `==`"),
    ("a.b => 3", 4, "`=>`", "did you mean `>=`"),
    ("a.b <> 3", 4, "`<>`", "did you mean `!=`"),
    ("a.b === 3", 4, "`===`", "did you mean `==`"),
    ("a.b && c.d", 4, "`&&`", "did you mean `and`"),
    ("a.b || c.d", 4, "`||`", "did you mean `or`"),
    ("!a.b", 0, "`!`", "did you mean `not`"),
    ("a.b ** 2 > 3", 4, "`**`", "multiply"),
    ("1 < a.b < 3", 8, "cannot be chained", "low <= x and x <= high"),
    ("a.b == c.d == e.f", 11, "cannot be chained", "and"),
    ("a.b in [1] in [2]", 11, "cannot be chained", ""),
    ("count(a.b) > 3", 0, "cannot be called", "collector"),
    ("a.b (c)", 0, "cannot be called", ""),
    ("a.b >= 95 %", 10, "`%` stands alone", "write `95%` without a blank"),
    ("a.b >= %", 7, "`%` stands alone", "`95%`"),
    ("a.b ≥ 3", 4, "GREATER-THAN OR EQUAL TO", "write `>=`"),
    ("a.b > 3\u00a0", 7, "NO-BREAK SPACE", "ordinary space"),
    ("a.b == “x”", 7, "LEFT DOUBLE QUOTATION MARK", "straight quotes"),
    ("a.b > 3 – 1", 8, "EN DASH", "write `-`"),
    ("a.b > ٣", 6, "ARABIC-INDIC DIGIT THREE", "digits 0 to 9"),
    ("a.b > \x07", 6, "U+0007", ""),
    ("a.b > 1e3", 6, "`1e3` is not a number", "`0.95`"),
    ("a.b > 1_000", 6, "`1_000` is not a number", "write `1000`"),
    ("a.b > 1,000", 8, "`000`", "without separators"),
    ("a.b > 007", 6, "`007`", "no leading zeros"),
    ("a.b > 0x10", 6, "`0x10`", ""),
    ("a.b > .5", 6, "FULL STOP", "`0.5`"),
    ("a.b > 5.", 6, "`5.`", "at most 15 digits"),
    ("a.b > 1234567890123456", 6, "is not a number", "at most 15 digits"),
    ("a.b > 0.1234567890", 6, "is not a number", "at most 15 digits"),
    ("now - a.b < 2w", 12, "`2w`", "`14d`"),
    ("now - a.b < 1.5d", 12, "`1.5d`", ""),
    ("now - a.b < 90m", 12, "`90m`", "days or hours"),
    ("(a.b > 3", 0, "`(` is never closed", "add `)`"),
    ("a.b > 3 and (c.d or (e.f)", 12, "`(` is never closed", "add `)`"),
    ("a.b > 3)", 7, "`)` closes nothing", "opening `(`"),
    ("a.b > 3]", 7, "`]` closes nothing", "opening `[`"),
    ("(a.b > 3]", 0, "`(` is closed by `]`", "close it with `)`"),
    ("a.b in [1, 2)", 7, "`[` is closed by `)`", "close it with `]`"),
    ("a.b in [1, 2", 7, "`[` is never closed", "add `]`"),
    ("a.b in [1,]", 10, "expected after `,`", ""),
    ("a.b in []", 7, "list is empty", ""),
    ("a.b in (1, 2)", 7, "a list in brackets", "in [1, 2, 3]"),
    ("a.b > [1]", 6, "expected after `>`", "only `in`"),
    ("a.b > in", 6, "not `in`", "cannot be a name"),
    ("and > 3", 0, "at the start, not `and`", "cannot be a name"),
    ("a.b AND c.d", 4, "`AND` is not a word", "did you mean `and`"),
    ("a.b == True", 7, "`True` is not a word", "did you mean `true`"),
    ("a.b is true", 4, "`is` is not a word", "did you mean `==`"),
    ("a.b == null", 7, "`null`", "unknown by itself"),
    ("Training.done > 3", 0, "lower case", "did you mean `training.done`"),
    ("a.b c.d", 4, "`c.d` cannot follow `a.b`", "`and` or `or`"),
    ("a.b >", 5, "something is missing after `>`", ""),
    ("a.b and", 7, "something is missing after `and`", ""),
    ("not", 3, "something is missing after `not`", ""),
    ("a.b > * 3", 6, "expected after `>`, not `*`", ""),
    ("a.b == not c.d", 7, "`not` goes before a condition", "x != y"),
    ("a.b == (c.d > 3)", 8, "there is a condition where a value", ""),
    ("3", 0, "this is a value", "compare it"),
    ("a.b + 3", 0, "this is a value", "compare it"),
    ("a.b and now", 8, "this is a value", ""),
    ("a.b == 'x", 7, "no closing quote", "add '"),
    ("a.b == ''", 7, "text is empty", "never counts as met"),
    (r"a.b == 'x\n'", 9, "backslash", ""),
    ("a.b == 'x\ty'", 9, "U+0009", ""),
    ("a.b == `x`", 7, "GRAVE ACCENT", "straight quotes"),
    ("a.b # c", 4, "`#`", ""),
    ("{a.b}", 0, "LEFT CURLY BRACKET", "brackets"),
]


class TestParsing:
    @pytest.mark.parametrize(("text", "meaning"), GOOD)
    def test_a_requirement_means_what_it_says(self, text: str, meaning: str):
        """Precedence and short forms are the reader's first doubt; the printed form shows how each was read."""
        tree = parse_requirement(text).tree

        assert requirement_text(tree) == meaning
        assert parse_requirement(meaning).tree == tree

    @pytest.mark.parametrize(("text", "column", "sentence", "hint"), BAD)
    def test_a_mistake_is_named_at_its_column(self, text: str, column: int, sentence: str, hint: str):
        """The author sees the caret under the mistake, and what to write instead."""
        with pytest.raises(ExpressionError) as caught:
            parse_requirement(text)

        assert (caught.value.start, sentence in caught.value.sentence, hint in caught.value.hint) == (
            column,
            True,
            True,
        ), (caught.value.start, caught.value.sentence, caught.value.hint)

    def test_every_node_knows_the_columns_that_it_came_from(self):
        """Reports quote each comparison, and the type check points into the text."""
        text = "(a.b + 1) * 2 >= limit and not c.d in ['x']"

        cut = {text[node.span.start : node.span.end] for node in walk(parse_requirement(text).tree)}

        assert cut == {
            text,
            "(a.b + 1) * 2 >= limit",
            "(a.b + 1) * 2",
            "a.b + 1",
            "a.b",
            "1",
            "2",
            "limit",
            "not c.d in ['x']",
            "c.d in ['x']",
            "c.d",
            "'x'",
        }

    def test_line_ends_become_blanks_in_the_kept_text(self):
        """A requirement is shown on one line, and its columns stay true."""
        requirement = parse_requirement("a.b >= 3\nand c.d\n")

        assert requirement.text == "a.b >= 3 and c.d"

    def test_facts_and_parameters_are_listed_once_in_order(self):
        """Admission asks for exactly these facts."""
        requirement = parse_requirement("c.d > x and a.b > y and c.d < x")

        assert (requirement.facts, requirement.parameters) == (("c.d", "a.b"), ("x", "y"))

    @pytest.mark.parametrize(
        "text",
        [
            "(" * 100_000,
            "not " * 100_000,
            "(" * 900 + "a.b" + ")" * 900,
            "-" * 900 + "a.b > 3",
            "a.b > 1" + " + 1" * 900,
            "a.b in [" + "(" * 500,
        ],
    )
    def test_a_tower_of_brackets_is_refused_without_a_stack_overflow(self, text: str):
        """A hostile ruleset must not crash the gate."""
        with pytest.raises(ExpressionError, match=r"nested deeper|the limit is"):
            parse_requirement(text)

    def test_the_deepest_and_the_longest_that_are_allowed_are_read(self):
        """The limits are limits, not approximations."""
        deepest = "(" * (MAX_DEPTH - 1) + "a.b" + ")" * (MAX_DEPTH - 1)
        longest = " or ".join(["a.bcd == 12345"] * 222)

        assert requirement_text(parse_requirement(deepest).tree) == "a.b == true"
        assert MAX_LENGTH - 20 < len(longest) <= MAX_LENGTH
        assert isinstance(parse_requirement(longest).tree, AnyOf)


class TestLiterals:
    @pytest.mark.parametrize(
        ("text", "literal"),
        [
            ("3", Number(Fraction(3), False, NOWHERE)),
            ("-0.5", Number(Fraction(-1, 2), False, NOWHERE)),
            ("95%", Number(Fraction(95, 100), True, NOWHERE)),
            ("7d", Duration(Fraction(604800), NOWHERE)),
            ("12h", Duration(Fraction(43200), NOWHERE)),
            ("true", Truth(True, NOWHERE)),
            ('"signed"', Text("signed", NOWHERE)),
        ],
    )
    def test_a_parameter_is_one_literal(self, text: str, literal: Literal):
        """Parameters have the same numbers as requirements, exactly."""
        assert parse_literal(text) == literal

    @pytest.mark.parametrize("text", ["", "a.b", "limit", "1 + 1", "3 4", "now", "3 > 2", "[1]", "not true", "(", "٣"])
    def test_anything_else_is_refused(self, text: str):
        """A parameter computes nothing and refers to nothing."""
        with pytest.raises(ExpressionError):
            parse_literal(text)


def _decimals(places: int) -> st.SearchStrategy[Fraction]:
    return st.integers(0, 10**14).map(lambda number: Fraction(number, 10**places))


_names = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True).filter(
    lambda name: name not in {"and", "or", "not", "in", "true", "false", "now", "go_live"} | {"is", "no", "yes"}
)
_literals: st.SearchStrategy[Operand] = st.one_of(
    st.tuples(_decimals(4), st.sampled_from([1, -1])).map(lambda n: Number(n[0] * n[1], False, NOWHERE)),
    _decimals(6).map(lambda n: Number(n / 100, True, NOWHERE)),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1).map(lambda t: Text(t, NOWHERE)),
    st.booleans().map(lambda truth: Truth(truth, NOWHERE)),
    st.integers(0, 99999).map(lambda hours: Duration(Fraction(hours * 3600), NOWHERE)),
    st.sampled_from(Moment).map(lambda moment: MomentRef(moment, NOWHERE)),
    _names.map(lambda name: ParameterRef(name, NOWHERE)),
    st.tuples(_names, _names).map(lambda pair: FactRef(".".join(pair), NOWHERE)),
)
_operands: st.SearchStrategy[Operand] = st.recursive(
    _literals,
    lambda inner: st.one_of(
        inner.map(lambda operand: Negative(operand, NOWHERE)),
        st.tuples(st.sampled_from(Arithmetic), inner, inner).map(lambda t: Binary(*t, NOWHERE)),
    ),
    max_leaves=6,
)
_relations: st.SearchStrategy[Condition] = st.one_of(
    st.tuples(st.sampled_from(Operator), _operands, _operands).map(lambda t: Comparison(*t, NOWHERE)),
    st.tuples(_operands, st.lists(_operands, min_size=1, max_size=3)).map(
        lambda t: Membership(t[0], tuple(t[1]), NOWHERE)
    ),
)
_trees: st.SearchStrategy[Condition] = st.recursive(
    _relations,
    lambda inner: st.one_of(
        inner.map(lambda part: Not(part, NOWHERE)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: All(tuple(parts), NOWHERE)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts), NOWHERE)),
    ),
    max_leaves=6,
)


class TestLaws:
    @settings(max_examples=200, deadline=None)
    @given(_trees)
    def test_a_printed_tree_parses_to_the_same_tree(self, tree: Condition):
        """The printer and the parser agree on precedence, escapes, signs and numbers."""
        assert parse_requirement(requirement_text(tree)).tree == tree

    @settings(max_examples=300, deadline=None)
    @given(st.text(st.sampled_from("ab.19 ()[],<>=!+-*/%'\"\\dnotandrue é\n\t"), max_size=60))
    def test_no_text_does_anything_but_parse_or_be_refused_inside_itself(self, text: str):
        """Whatever is typed, the caret stands under it."""
        refused: ExpressionError | None = None
        try:
            parse_requirement(text)
        except ExpressionError as error:
            refused = error

        assert refused is None or (refused.sentence and 0 <= refused.start <= refused.end <= len(text))
