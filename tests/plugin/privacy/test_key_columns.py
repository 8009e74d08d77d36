"""Keys of rows: people get stand-ins though nobody marked the source; tickets keep their names though it is marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gonogo.model.people import Side
from gonogo.model.program import Binding
from gonogo.plugin.privacy.key_columns import KeysAbout, keys_about
from gonogo.plugin.privacy.personal import Personal
from gonogo.plugin.privacy.pseudonyms import VARIABLE, Pseudonyms
from gonogo.plugin.privacy.redact import Redaction


def bound(columns: dict[str, str], *, unique: list[str] | None = None, facts: Any = None) -> Binding:
    made: dict[str, Any] = {"columns": {name: {"header": header} for name, header in columns.items()}}
    settings = {"tables": {"t": made | ({"unique": unique} if unique else {})}, "facts": facts or {}}
    return Binding(id="b", plugin="table", side=Side.CUSTOMER, producer="PMO", settings=settings)


@pytest.fixture
def stand_ins(tmp_path: Path) -> Pseudonyms:
    key = tmp_path / "pii.key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    return Pseudonyms(tmp_path / "program", {VARIABLE: str(key)})


class TestColumns:
    @pytest.mark.parametrize(
        ("heading", "about"),
        [
            ("Email", KeysAbout.PEOPLE),
            ("Contact", KeysAbout.PEOPLE),
            ("Employee ID", KeysAbout.PEOPLE),
            ("Issue key", KeysAbout.THINGS),
            ("Test Case ID", KeysAbout.THINGS),
        ],
    )
    def test_the_heading_of_the_key_decides(self, heading: str, about: KeysAbout) -> None:
        """A column of assignees beside it says nothing about the key."""
        assert keys_about(bound({"k": heading, "a": "Assignee"}, unique=["k"])) is about

    def test_a_column_that_rows_speak_for_counts_as_key(self) -> None:
        """`per` names what is told instead of the row."""
        facts = {"done": {"share": {"where": "x", "per": {"column": "who", "need": "every"}}}}

        assert keys_about(bound({"k": "Issue key", "who": "Learner"}, unique=["k"], facts=facts)) is KeysAbout.PEOPLE

    def test_without_a_key_nobody_knows(self) -> None:
        """Fail closed for marked sources."""
        assert keys_about(bound({"k": "Issue key"})) is KeysAbout.UNKNOWN


class TestKeys:
    def test_mail_addresses_and_keys_about_people_are_never_shown_of_an_unmarked_source(self, stand_ins) -> None:  # type: ignore[no-untyped-def]
        """A page that is printed and passed on must not name who has not been trained."""
        plain = Redaction(pseudonyms=stand_ins)
        people = Redaction(pseudonyms=stand_ins, keys_about=KeysAbout.PEOPLE)

        mail, ticket = plain.keys(["paul.ito@fmha.example.gov", "GRT-103"])
        assert mail.startswith("id-")
        assert ticket == "GRT-103"
        assert all(key.startswith("id-") for key in people.keys(["Paul Ito", "GRT-103"]))

    def test_who_unmarked_it_with_a_reason_sees_the_keys(self, stand_ins) -> None:  # type: ignore[no-untyped-def]
        """A shared mailbox is nobody; a person says so."""
        told = Redaction(pseudonyms=stand_ins, keys_about=KeysAbout.PEOPLE, unmarked=True)

        assert told.keys(["desk@fmha.example.gov"]) == ("desk@fmha.example.gov",)

    @pytest.mark.parametrize(
        ("about", "key", "shown"),
        [
            (KeysAbout.THINGS, "GRT-103", True),
            (KeysAbout.THINGS, "123-45-6789", False),
            (KeysAbout.THINGS, "Jane Doe", False),
            (KeysAbout.THINGS, "40012", False),
            (KeysAbout.PEOPLE, "GRT-103", False),
            (KeysAbout.UNKNOWN, "GRT-103", False),
        ],
    )
    def test_of_a_marked_source_tickets_alone_are_shown(self, stand_ins, about, key, shown) -> None:  # type: ignore[no-untyped-def]
        """A person who fixes GRT-103 needs its number, and the assignee beside it stays hidden."""
        marked = Redaction(personal=Personal(stand_ins), pseudonyms=stand_ins, keys_about=about)

        (told,) = marked.keys([key])

        assert (told == key) is shown
        assert shown or told.startswith("id-")
