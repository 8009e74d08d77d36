"""By what bindings are drafted: the rules, what is released, and whose evidence things are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gonogo.collectors.rows.row_subject import BoundSubjects
from gonogo.first_week.drafts.sides_told import side_in_names, side_of_group
from gonogo.first_week.prose import ascii_words
from gonogo.model.fact import Vocabulary
from gonogo.model.people import Side
from gonogo.model.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class DraftTerms:
    """What a draft needs beside its file.

    Attributes:
        vocabulary: Facts of the ruleset.
        required: Those that its criteria read and evidence answers.
        owners: Group of facts to the seat that owns most criteria that read it.
        bounds: What evidence may be bound to.
        now: The moment, in the program's time zone.
        go_live: Day on which the release goes live; empty where none is known.
        makers: Side to who makes its files, as was answered once.
    """

    vocabulary: Vocabulary
    required: frozenset[str]
    owners: Mapping[str, str]
    bounds: Sequence[BoundSubjects]
    now: datetime
    go_live: str = ""
    makers: Mapping[str, str] = field(default_factory=dict)

    def side(self, path: str, group: str, sheet: str = "") -> str:
        """Return whose evidence a table seems to be: that of whom its facts count things, or that its names say.

        Where neither says it, it is that of who owns the criteria that read it.

        Args:
            path: Of the file, relative to the program's folder.
            group: Of the facts that it answers.
            sheet: That holds it; empty where there is only one.
        """
        told = side_of_group(group, self.vocabulary) or side_in_names((sheet, path), self.makers)
        said = told or side_of(path)
        if told is not None:
            return said
        owner = self.owners.get(group, "").partition(".")[0]
        return owner if said == "customer" and owner in set(Side) else said


def owners_of(ruleset: Ruleset) -> dict[str, str]:
    """Return for each group of facts the seat that owns most of the criteria that read it."""
    counts: dict[str, Counter[str]] = {}
    for criterion in ruleset.criteria:
        for fact in criterion.facts:
            counts.setdefault(fact.rpartition(".")[0], Counter())[criterion.owner] += 1
    return {group: owners.most_common(1)[0][0] for group, owners in counts.items()}


def required_of(ruleset: Ruleset, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the facts that the criteria read and that evidence answers: what gonogo computes is asked of no file."""
    names = {name for criterion in ruleset.criteria for name in criterion.facts}
    return frozenset(name for name in names if vocabulary.by_evidence(name))


def side_of(path: str) -> str:
    """Return whose evidence a file seems to be, by the words of its path."""
    words = set(ascii_words(path))
    if words & {"provider", "supplier", "vendor"}:
        return "provider"
    return "independent" if words & {"ivv", "independent"} else "customer"
