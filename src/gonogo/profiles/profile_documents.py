"""An export profile as a document. Only shape is declared here; :mod:`.profile_reading` checks meaning."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gonogo.documents.scalars import Bare, Id, Prefix, SchemaOne, Version, Words
from gonogo.documents.settings_leaf import SettingsLeaf
from gonogo.documents.shape import Document

Many = Annotated[list[Words], Field(max_length=400)]


class WordListDocument(Document):
    """Words of the tool that mean one thing, such as the statuses that are final; a binding may answer with others."""

    meaning: Words
    usual: Many = Field(default_factory=list)


class FactsOfDocument(Document):
    """Facts that the export answers under certain prefixes, in the language of the table collector."""

    prefixes: Annotated[list[Prefix], Field(min_length=1, max_length=20)]
    facts: dict[Bare, SettingsLeaf]


class ExampleDocument(Document):
    """A made file and the right answers to it."""

    file: Words
    as_: Prefix | None = Field(default=None, alias="as")
    answers: dict[Bare, Annotated[list[Words], Field(min_length=1)]] = Field(default_factory=dict)
    settings: SettingsLeaf = Field(default_factory=dict)
    right: dict[Words, Words]


class RecognizeDocument(Document):
    """By what a file of the tool is told from others; headings may hold ``*``."""

    telling: Many = Field(default_factory=list)
    foreign: Many = Field(default_factory=list)
    sheets: Many = Field(default_factory=list)
    file_names: Many = Field(default_factory=list)


class ProfileDocument(Document):
    """One export profile."""

    schema_: SchemaOne = Field(alias="schema")
    name: Id
    version: Version
    title: Words
    tool: Words
    made_from: Annotated[list[Words], Field(min_length=1)]
    what: Words
    save_as: Words | None = None
    formats: Annotated[list[Words], Field(min_length=1)]
    recognize: RecognizeDocument = Field(default_factory=lambda: RecognizeDocument())
    roles: dict[Bare, Bare] = Field(default_factory=dict)
    about_people: Many = Field(default_factory=list)
    as_of: Words
    words: dict[Bare, WordListDocument] = Field(default_factory=dict)
    asks: Many = Field(default_factory=list)
    tables: SettingsLeaf
    facts: list[FactsOfDocument] = Field(default_factory=list)
    not_provable: Many = Field(default_factory=list)
    traps: Annotated[list[Words], Field(min_length=1)]
    examples: Annotated[list[ExampleDocument], Field(min_length=1)]
