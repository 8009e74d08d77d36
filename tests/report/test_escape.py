"""Text of others is shown, never obeyed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gonogo.report.escape import escape, markdown, visible

HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[32mGO", "\\u001b[32mGO"),
        ("\x9b32mGO", "\\u009b32mGO"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb", "a\\u200bb"),
        ("a\U000e0041b", "a\\U000e0041b"),
        ("a\ufffeb\uffff\ufdd0", "a\\ufffeb\\uffff\\ufdd0"),
        ("a\ufffdb", "a\ufffdb"),
        ("a\rb", "a\\u000db"),
        ("a\x00b\x07\x08\x7f", "a\\u0000b\\u0007\\u0008\\u007f"),
        ("two\nlines\r\nand\ttabs", "two lines and tabs"),
        ("  a   b  ", "a b"),
        ("a\u00a0b\u3000c", "a b c"),
        ("\u2028\u2029\x85", "\\u2028\\u2029\\u0085"),
        ("Zürich, 東京, é", "Zürich, 東京, é"),
        ("a" + "\u0301" * 5, "a" + "\u0301" * 3 + "\\u0301\\u0301"),
    ],
)
def test_what_has_no_shape_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::set-output name=x::y", ": :set-output name=x: :y"),
        (":::error::", ": : :error: :"),
        ("##[error]x", "# #[error]x"),
        ("x ##vso[task.complete]", "x # #vso[task.complete]"),
        ("###vso[a]", "# # #vso[a]"),
        ("#\u200b#vso[a]", "#\\u200b#vso[a]"),
        ("a:b #1", "a:b #1"),
        ("x\nverdict=GO", "x verdict =GO"),
        ("the verdict = GO", "the verdict = GO"),
    ],
)
def test_commands_of_runners_are_broken(text: str, shown: str) -> None:
    assert escape(text) == shown


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_nothing_hidden_or_commanding_is_left(text: str) -> None:
    """For every text there is: one line, nothing hidden, no command."""
    shown = escape(text)

    assert not HIDDEN.search(shown)
    assert "::" not in shown
    assert "##" not in shown
    assert "verdict=" not in shown


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab1 `*_[]()<>!#|~&-+=.:/@\\\n\"'{}$^w")))
def test_markdown_is_only_text(text: str) -> None:
    """However it is mixed, a parser makes text or code of it, and the same text for the reader."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).enable(["table", "strikethrough"]).parse(f"- {markdown(text)}")
    kinds = {child.type for token in tokens for child in token.children or ()}
    blocks = {token.type for token in tokens}

    assert kinds <= {"text", "text_special", "code_inline"}
    assert blocks <= {"bullet_list_open", "list_item_open", "paragraph_open", "inline"} | {
        "paragraph_close",
        "list_item_close",
        "bullet_list_close",
    }
    content = "".join(child.content for token in tokens for child in token.children or ())
    assert content.strip() == escape(text).replace("|", "\u00a6" if "`" in markdown(text)[:1] else "|").strip()
