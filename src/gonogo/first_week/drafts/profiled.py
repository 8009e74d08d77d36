"""A table that is the export of a known tool: bound by its profile, with what the profile cannot know as questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from gonogo.errors import ConfigurationError
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.model.fact import Bound
from gonogo.profiles.expanding import expanded, facts_of, named_words, prefixes_of
from gonogo.profiles.fitting import Confidence, Fit, Head, recognize
from gonogo.profiles.profile import Profile
from gonogo.profiles.profile import plain as plain_heading
from gonogo.profiles.shelf import program_folders, shelf
from gonogo.text import any_of, listed

_ENOUGH: Final = (Confidence.SURE, Confidence.LIKELY)
_MOST: Final = 40


@cache
def _shelf(root: Path) -> tuple[Profile, ...]:
    try:
        return shelf(program_folders(root))
    except ConfigurationError:
        return ()  # `gonogo profile list` and lint say what is wrong with it


def best_fit(mapping: TableMapping, path: Path, root: Path) -> Fit | None:
    """Return the profile that surely, or likely, is that of a table; None where none is."""
    form = "xlsx" if path.suffix.lower() == ".xlsx" else "csv"
    sheet = str(mapping.grid.settings.get("sheet", ""))
    found = recognize(Head(tuple(mapping.grid.headings), path.name, sheet, form), _shelf(root))
    best = found[0] if found else None
    return best if best is not None and best.fits and best.confidence in _ENOUGH else None


def bind_by_profile(proposal: Proposal, fit: Fit, groups: Sequence[str], terms: DraftTerms) -> None:
    """Bind a table by its profile.

    Args:
        proposal: Of the file.
        fit: How the file fits the profile.
        groups: Groups of facts that the file may be about, the likeliest first.
        terms: By what it is drafted.
    """
    profile = fit.profile
    proposal.profile, proposal.title = profile.reference, profile.title
    proposal.prefix, proposal.answers = answers_of(profile, groups, terms)
    proposal.of_build = "build" not in profile.roles and about_a_build(proposal.answers, terms)
    proposal.remarks.append(f"{profile.title} ({fit.confidence}): {fit.why}")
    proposal.remarks += profile.traps[:2]
    proposal.idle = not proposal.answers
    if profile.about_people or fit.people:
        about = listed([plain(each, most=40) for each in fit.people], most=4) or "the profile says so"
        proposal.people = [f"columns about people: {about}"]


def answers_of(profile: Profile, groups: Sequence[str], terms: DraftTerms) -> tuple[str, tuple[str, ...]]:
    """Return what the facts of an export are called here, and those that the ruleset knows."""
    known = prefixes_of(profile)
    prefix = next((group for group in groups if group in known), known[0] if known else "")
    names = [f"{prefix}.{name}" for name in facts_of(profile, prefix)]
    return prefix, tuple(name for name in names if name in terms.vocabulary)


def about_a_build(answers: Sequence[str], terms: DraftTerms) -> bool:
    """Whether one of these facts counts for one build only."""
    return any(terms.vocabulary[name].bound is Bound.BUILD for name in answers)


def column_of(profile: Profile, heading: str) -> str:
    """Return what a profile calls the column of a heading; empty for a column that it does not have."""
    wanted = plain_heading(heading)
    return next((each.name for each in profile.columns() if wanted in map(plain_heading, each.headings)), "")


def day_column_of(profile: Profile, heading: str) -> str:
    """Return what a profile calls the column of a heading if it reads days or moments there that are no plans."""
    name = column_of(profile, heading)
    tables = profile.tables.values()
    found: dict[str, Any] = next((each["columns"][name] for each in tables if name in each["columns"]), {})
    return name if found.get("type") in ("date", "instant") and not found.get("planned") else ""


def profile_questions(proposal: Proposal, fit: Fit, mapping: TableMapping) -> Iterator[str]:
    """Yield what only a person knows of an export: the profile's own questions, and words of no list of it."""
    profile = fit.profile
    for name in expanded(profile, prefix=proposal.prefix).unanswered:
        yield f"{profile.words[name].meaning} Say it under answers: {name}."
    for table in profile.tables.values():
        for column in table["columns"].values():
            yield from _unlisted(profile, column, mapping)
    yield from profile.asks


def _unlisted(profile: Profile, column: dict[str, Any], mapping: TableMapping) -> Iterator[str]:
    lists = sorted(named_words(column.get("allowed", ())))
    headings = {plain_heading(each) for each in (column.get("header", ""), *column.get("also", ()))}
    guess = next((each for each in mapping.columns.values() if plain_heading(each.heading) in headings), None)
    if not lists or guess is None or guess.people or guess.hidden:
        return
    known = {word for name in lists for word in profile.words[name].usual}
    found = sorted({str(row[guess.index]) for row in mapping.grid.rows} - known - {""})
    if found and len(found) <= _MOST:
        which = listed([plain(word, most=40) for word in found], most=6)
        yield f"Column {plain(guess.heading, most=60)}: what does {which} mean: {any_of(lists)}? Say it under answers."
