"""The strict YAML reader: what it reads, what it refuses, and where it points."""

from __future__ import annotations

import tracemalloc

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.documents.yaml import MappingNode, ScalarKind, ScalarNode, SequenceNode, read_yaml, to_plain
from gonogo.errors import ConfigurationError

REFUSED = [
    # bytes, code, where, a piece of the sentence, a piece of the hint
    (b"", "G101", "f.yaml", "is empty", "schema: 1"),
    (b" \n\n", "G101", "f.yaml", "is empty", ""),
    (b"# only a comment\n", "G101", "f.yaml", "no document", ""),
    (b"\xef\xbb\xbfa: 1\n", "G101", "f.yaml", "byte order mark", "UTF-8"),
    (b"\xff\xfea\x00", "G101", "f.yaml", "UTF-16", "UTF-8"),
    (b"\xfe\xff\x00a", "G101", "f.yaml", "UTF-16", "UTF-8"),
    (b"a: \x00\n", "G101", "f.yaml", "NUL", ""),
    (b"a: 1\nb: caf\xe9\n", "G101", "f.yaml:2:7", "not UTF-8 here", "UTF-8"),
    (b"a: \x07\n", "G101", "f.yaml:1:4", "U+0007", "remove it"),
    (b"a: 1\na: 2\n", "G104", "f.yaml:2:1", "twice; the first is in line 1", "keep one"),
    (b"a: {b: 1, b: 2}\n", "G104", "f.yaml:1:11", "`b` appears twice", "keep one"),
    (b"a: 1\n'a': 2\n", "G104", "f.yaml:2:1", "`a` appears twice", ""),
    (b"a: &x 1\n", "G105", "f.yaml:1:4", "anchor `&x`", "write it out"),
    (b"a: *x\n", "G105", "f.yaml:1:4", "`*x`", "write it out"),
    (b"<<: {a: 1}\n", "G105", "f.yaml:1:1", "merge key", "write the keys out"),
    (b"a: !!python/object:os.system x\n", "G106", "f.yaml:1:4", "tag `!!python/object:os.system`", "remove it"),
    (b"a: !secret x\n", "G106", "f.yaml:1:4", "tag `!secret`", ""),
    (b"%YAML 1.1\n---\na: 1\n", "G106", "f.yaml:1:1", "directives", "remove the line"),
    (b"a: 1\n---\nb: 1\n", "G106", "f.yaml:2:1", "second document", "one document"),
    (b"[" * 65 + b"]" * 65, "G107", "f.yaml:1:65", "deeper than 64", ""),
    (b"a:\n\t- b\n", "G102", "f.yaml:2:1", "tab", "indent with blanks"),
    (b"a: b: c\n", "G102", "f.yaml:1:5", "mapping values are not allowed", "quotes"),
    (b"a: 'x\nb: 1\n", "G102", "f.yaml:1:4", "end of stream", "never closed"),
    (b"a: [1, 2\nb: 3\n", "G102", "f.yaml:1:4", "did not find expected", "never closed"),
    (b"a: {b\n", "G102", "f.yaml:1:4", "did not find expected", "never closed"),
    (b"a: %x\n", "G102", "f.yaml:1:4", "cannot start any token", "quotes"),
    (b"a: `x`\n", "G102", "f.yaml:1:4", "cannot start any token", "quotes"),
    (b'a: "\\q"\n', "G102", "f.yaml:1:5", "unknown escape", "backslash"),
    (b"? [a]\n: b\n", "G102", "f.yaml:1:3", "cannot be a key", ""),
    (b"~: b\n", "G102", "f.yaml:1:1", "key is empty", ""),
    (b"a: 1\n  b: 2\n", "G102", "f.yaml:2:4", "mapping values are not allowed", ""),
    (b"]\n", "G102", "f.yaml:1:1", "this is not YAML", ""),
]

BOMBS = [
    b"[" * 1_000_000,
    b"{a: " * 200_000,
    b"- " * 400_000,
    b"[" + b"[]," * 110_000 + b"]",
    b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n",
    b"a: &a {x: 1}\n" + b"".join(b"k%d: {<<: *a}\n" % number for number in range(50_000)),
    b"x" * 1_000_001,
    b"a: " + b'"' + b"\\x41" * 200_000,
    b"? " * 300_000,
    b"a: !!" + b"x" * 500_000 + b" 1\n",
]


class TestReading:
    def test_positions_are_those_of_the_file(self):
        """Every complaint points into the file, so every node must know its place."""
        root = read_yaml("a: 1\nb:\n  - é: [x, 'y']\n".encode(), "f.yaml")

        assert isinstance(root, MappingNode)
        items = root.get("b")
        assert isinstance(items, SequenceNode)
        inner = items.items[0]
        assert isinstance(inner, MappingNode)
        key, value = inner.entries["é"]
        assert [str(node.position) for node in (root, items, inner, key, value)] == [
            "f.yaml:1:1",
            "f.yaml:3:3",
            "f.yaml:3:5",
            "f.yaml:3:5",
            "f.yaml:3:8",
        ]

    @pytest.mark.parametrize(
        ("written", "kind"),
        [
            ("NO", ScalarKind.TEXT),
            ("on", ScalarKind.TEXT),
            ("yes", ScalarKind.TEXT),
            ("012", ScalarKind.TEXT),
            ("0x10", ScalarKind.TEXT),
            ("0o7", ScalarKind.TEXT),
            ("1:30", ScalarKind.TEXT),
            ("1_000", ScalarKind.TEXT),
            ("1e3", ScalarKind.TEXT),
            (".5", ScalarKind.TEXT),
            ("+5", ScalarKind.TEXT),
            (".nan", ScalarKind.TEXT),
            ("-.inf", ScalarKind.TEXT),
            ("2027-04-12", ScalarKind.TEXT),
            ("=", ScalarKind.TEXT),
            ("'5'", ScalarKind.TEXT),
            ('"true"', ScalarKind.TEXT),
            ("5", ScalarKind.INTEGER),
            ("-5", ScalarKind.INTEGER),
            ("1.10", ScalarKind.DECIMAL),
            ("true", ScalarKind.TRUTH),
            ("False", ScalarKind.TRUTH),
            ("~", ScalarKind.NULL),
            ("null", ScalarKind.NULL),
            ("", ScalarKind.NULL),
        ],
    )
    def test_scalars_are_what_yaml_1_2_says_and_keep_their_text(self, written: str, kind: ScalarKind):
        """Norway is not false, a version is not a fraction, and half past one is not ninety."""
        root = read_yaml(f"a: {written}\n".encode(), "f.yaml")

        assert isinstance(root, MappingNode)
        node = root.get("a")
        assert isinstance(node, ScalarNode)
        assert (node.kind, node.text) == (kind, written.strip("'\""))

    def test_plain_values_keep_numbers_as_text(self):
        """Code that needs a number says which kind, so nothing is rounded on the way."""
        root = read_yaml(b"{a: 1.10, b: [true, ~, x], c: '5'}", "f.yaml")

        assert to_plain(root) == {"a": "1.10", "b": [True, None, "x"], "c": "5"}

    @pytest.mark.parametrize(
        ("written", "word", "place"),
        [
            ("a: one two", "two", (1, 8)),
            ("a: 'one two'", "two", (1, 9)),
            ('a: "one two"', "two", (1, 9)),
            ("a: 'o''ne two'", "two", (1, 11)),
            ('a: "o\\"ne two"', "two", (1, 11)),
            ("a: one\n   two", "two", (2, 4)),
            ("a: >-\n  one\n  two", "two", (3, 3)),
            ("a: |\n  one\n    two", "two", (3, 5)),
            ('a: "\\x41 two"', "two", (1, 4)),
        ],
    )
    def test_a_word_inside_a_scalar_is_found_in_the_file(self, written: str, word: str, place: tuple[int, int]):
        """The caret stands under the mistake in quoted and folded requirements too; else under their beginning."""
        root = read_yaml(written.encode(), "f.yaml")
        assert isinstance(root, MappingNode)
        node = root.get("a")
        assert isinstance(node, ScalarNode)

        moved = node.inside(node.text.index(word))

        assert (moved.line, moved.column) == place


class TestRefusing:
    @pytest.mark.parametrize(("data", "code", "where", "sentence", "hint"), REFUSED)
    def test_a_mistake_is_named_where_it_stands(self, data: bytes, code: str, where: str, sentence: str, hint: str):
        """What two readers could understand differently is not read at all."""
        with pytest.raises(ConfigurationError) as caught:
            read_yaml(data, "f.yaml")

        problem = caught.value.problems[0]
        assert (problem.code, problem.where) == (code, where)
        assert sentence in problem.what
        assert hint in problem.hint

    def test_mistakes_that_do_not_hide_the_rest_are_reported_together(self):
        """One reading, one list."""
        with pytest.raises(ConfigurationError) as caught:
            read_yaml(b"a: &x 1\nb: *x\na: 2\nc: !t 3\n", "f.yaml")

        assert [problem.code for problem in caught.value.problems] == ["G105", "G105", "G104", "G106"]

    @pytest.mark.parametrize("bomb", BOMBS, ids=range(len(BOMBS)))
    def test_a_bomb_is_refused_before_it_grows(self, bomb: bytes):
        """A few bytes must not take the gate's time or memory."""
        tracemalloc.start()
        with pytest.raises(ConfigurationError):
            read_yaml(bomb, "f.yaml")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert peak < 64 * 2**20

    def test_the_line_of_a_long_file_is_cut_around_the_mistake(self):
        """A minified file still gives a line that fits a terminal."""
        with pytest.raises(ConfigurationError) as caught:
            read_yaml(b"{" + b"k: [1, 2, 3], " * 1 + b"x: '" + b"y" * 5000 + b"', k: 1}", "f.yaml")

        problem = caught.value.problems[0]
        assert len(problem.snippet) <= 140
        assert problem.snippet[problem.column - 1] == "k"

    def test_the_parser_without_libyaml_refuses_the_same(self, monkeypatch: pytest.MonkeyPatch):
        """Where the C library is absent the same files are read, and the same are not."""
        monkeypatch.setattr("gonogo.documents.yaml.reader._PARSER", yaml.SafeLoader)

        read_yaml(b"a: [1, {b: 'c'}]\n", "f.yaml")
        for data, _, _, _, _ in REFUSED:
            with pytest.raises(ConfigurationError):
                read_yaml(data, "f.yaml")


MARKS = "ab: -[]{}&*!<>|'\"%@\n\t#?~1."


class TestLaws:
    @settings(max_examples=400, deadline=None)
    @given(
        st.binary(max_size=80) | st.text(st.sampled_from("ab: -[]{}&*!<>|'\"%@\n\t#?~1."), max_size=60).map(str.encode)
    )
    def test_no_bytes_do_anything_but_parse_or_be_refused(self, data: bytes):
        """Whatever a disk returns, the answer is a tree or a list of mistakes."""
        try:
            outcome: object = read_yaml(data, "f.yaml")
        except ConfigurationError as error:
            outcome = error.problems

        assert outcome
