"""A column that spells the bound build with a v names that build; one with a digit more names another."""

from __future__ import annotations

from typing import Any

import pytest

COLUMNS: dict[str, Any] = {"case": {"type": "id"}, "version": {"type": "text"}, "ok": {"type": "boolean"}}


def ask(collect: Any, *versions: str, builds: tuple[str, ...] = ("4.2.16",), **subject: Any) -> Any:
    rows = "".join(f"C{n},{version},Yes\n" for n, version in enumerate(versions))
    table = {"unique": ["case"], "columns": COLUMNS, "subject": {"version": {"kind": "build", **subject}}}
    settings = {"tables": {"t": table}, "facts": {"f": {"share": {"where": "ok"}}}}
    return collect({"t.csv": f"case,version,ok\n{rows}".encode()}, settings, builds=builds)["f"]


@pytest.mark.parametrize(
    ("versions", "builds", "whole"),
    [
        (("v4.2.16", "v4.2.16", "v4.2.15"), ("4.2.16",), 2),
        (("4.2.16", "V4.2.16", "4.2.160"), ("4.2.16",), 2),
        (("4.2.16", "4.2.16", "4.2.16.1"), ("v4.2.16",), 2),
    ],
)
def test_the_bound_build_is_found_in_its_other_spelling(collect, versions, builds, whole):
    """TestRail writes v4.2.16 where the release says 4.2.16; the subject is told as the release says it."""
    answer = ask(collect, *versions, builds=builds)

    assert (answer.gap, answer.whole) == (None, whole), answer.detail
    assert answer.subject.build == builds[0]


def test_what_the_settings_count_is_found_in_its_other_spelling(collect):
    """`counts: [v4.2.16]` names the build that is released as 4.2.16."""
    answer = ask(collect, "v4.2.16", "4.2.15", counts=["V4.2.16"])

    assert (answer.whole, answer.subject.build) == (1, "4.2.16")


@pytest.mark.parametrize("version", ["v4.2.160", "v4.2.16.1", "vv4.2.16", "4.2.1"])
def test_another_build_is_none_of_ours(collect, version):
    """Evidence about the build before must not pass for this one."""
    answer = ask(collect, version)

    assert answer.gap == "wrong_subject"
    assert "no row is about the build that counts (4.2.16); column 'version' names " in answer.detail


def test_a_column_that_only_spells_the_build_otherwise_settles_itself(collect):
    """A stop for a v would be for nothing."""
    table = {"unique": ["case"], "columns": {"case": {"type": "id"}, "ok": {"type": "boolean"}}, "ignore": ["Build"]}
    settings = {"tables": {"t": table}, "facts": {"f": {"share": {"where": "ok"}}}}

    for value, gap in (("v4.2.16", None), ("v4.2.15", "mixed_subjects")):
        data = f"case,ok,Build\nC1,Yes,{value}\nC2,Yes,{value}\n".encode()
        assert collect({"t.csv": data}, settings, builds=["4.2.16"])["f"].gap == gap
