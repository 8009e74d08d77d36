"""A table that is the export of a known tool: bound by its profile, with what the profile cannot know as questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from gonogo.errors import ConfigurationError
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.row_subjects import RowSubject, subjects_of
from gonogo.first_week.hints import sayable
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.profile_heads import fits_of, sheet_of_tool
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.first_week.table_columns import Guess
from gonogo.model.fact import Bound
from gonogo.profiles.expanding import expanded, facts_of, named_words, prefixes_of
from gonogo.profiles.fitting import Confidence, Fit, Head, recognize
from gonogo.profiles.profile import Profile
from gonogo.profiles.profile import plain as plain_heading
from gonogo.profiles.shelf import program_folders, shelf
from gonogo.text import any_of, listed

_ENOUGH: Final = (Confidence.SURE, Confidence.LIKELY)
_MOST: Final = 40
_FEW_KINDS: Final = 12
WHICH_BUILD: Final = "Which build"
"""How a profile's question begins that matters only to facts of one build."""
_WHICH_ROWS: Final = "Which rows count? Until somebody says it, the facts stay unknown."
_EVERY_ROW: Final = "Which rows count? Until somebody says it, every row does."


@cache
def shelf_of(root: Path) -> tuple[Profile, ...]:
    """Return every profile that a program may name; none where one of them has a mistake."""
    try:
        return shelf(program_folders(root))
    except ConfigurationError:
        return ()  # `gonogo profile list` and lint say what is wrong with it


def best_of(fits: Sequence[Fit]) -> Fit | None:
    """Return the profile that surely, or likely, is that of a table; None where none is."""
    best = next(iter(fits), None)
    return best if best is not None and best.fits and best.confidence in _ENOUGH else None


def changed_of(fits: Sequence[Fit]) -> Fit | None:
    """Return the fit that is none any more, where nothing surer is there."""
    if any(each.confidence in _ENOUGH for each in fits):
        return None
    return next((each for each in fits if each.confidence is Confidence.CHANGED), None)


def other_of(fits: Sequence[Fit]) -> Fit | None:
    """Return the fit of a tool whose list this is, of another kind of thing than its profile reads."""
    if any(each.confidence in _ENOUGH for each in fits):
        return None
    return next((each for each in fits if each.confidence is Confidence.OTHER), None)


def kind_words(fit: Fit, mapping: TableMapping) -> list[str]:
    """Return the few words by which the rows of a tool's list say what they are: ``Change Request``."""
    kind = fit.profile.roles.get("kind", "")
    guess = next(
        (each for each in mapping.columns.values() if kind and column_of(fit.profile, each.heading) == kind), None
    )
    if guess is None or guess.people or guess.distinct > _FEW_KINDS:
        return []
    return sorted({str(row[guess.index]) for row in mapping.grid.rows} - {""})


def barred_by(fits: Sequence[Fit]) -> frozenset[str]:
    """Return the groups of facts that a file cannot be about, because its rows are another kind of thing."""
    return frozenset(
        prefix for each in fits if each.confidence is Confidence.OTHER for prefix in prefixes_of(each.profile)
    )


def fits_for(mapping: TableMapping, path: Path, root: Path) -> list[Fit]:
    """Return the profiles that a table may be read by, the surest first.

    Args:
        mapping: Of the table.
        path: Of its file.
        root: The program's folder, which may carry profiles of its own.
    """
    if mapping.grid.records:
        return fits_of(path, shelf_of(root))
    form = "xlsx" if mapping.grid.typed else "csv"
    sheet = str(mapping.grid.settings.get("sheet", ""))
    head = Head(tuple(mapping.grid.headings), path.name, sheet, form, lambda: mapping.grid.rows, whole=True)
    found = recognize(head, shelf_of(root))
    # Titles above, or a second row of headings, may read more like headings than those of the tool.
    return found or fits_of(path, shelf_of(root), sheet=sheet)


def sheet_named_by_tool(path: Path, root: Path) -> str:
    """Return the sheet of a workbook that is a tool's export, though another one holds more cells; empty for none."""
    return sheet_of_tool(path, shelf_of(root))


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


def as_saved(proposal: Proposal, fit: Fit, mapping: TableMapping) -> dict[str, dict[str, str]]:
    """Return what this file has otherwise than the profile knows of the tool: its sheet, and what is between its cells.

    Excel saves an export anew with the delimiter of its country.
    """
    said = {"sheet": proposal.sheet} if proposal.sheet and mapping.several_sheets else {}
    delimiter = str(mapping.grid.settings.get("delimiter", ","))
    own: dict[str, dict[str, str]] = {}
    for name, table in fit.profile.tables.items():
        known = (table.get("delimiter", ","), *table.get("also_delimiters", ()))
        text = not mapping.grid.typed and not mapping.grid.records and delimiter not in known
        own[name] = said | ({"delimiter": delimiter} if text else {})
    return {name: table for name, table in own.items() if table}


def rivals_in(profile: Profile, mapping: TableMapping) -> dict[str, tuple[Guess, ...]]:
    """Return each column beside which others of a file may say the same in other words, its own one first."""
    there = {guess.heading: guess for guess in mapping.columns.values() if guess.distinct}
    return {name: tuple(there[each] for each in found) for name, found in profile.rivals(there).items()}


def likelier(profile: Profile, name: str, rivals: Sequence[Guess], mapping: TableMapping) -> Guess | None:
    """Return which column beside a profile's own one says what is asked, where most of its words are the profile's.

    How grave a thing is and how soon it is mended are two things. Of several such columns, and of one whose words
    nobody knows, only a person says whether they count.
    """
    if len(rivals) != 2:
        return None
    columns = [table["columns"][name] for table in profile.tables.values() if name in table["columns"]]
    known = {word for each in named_words(columns[0].get("allowed", ())) for word in profile.words[each].usual}
    found = len(known & {str(row[rivals[1].index]) for row in mapping.grid.rows})
    return rivals[1] if 2 * found > rivals[1].distinct else None


def choose_rivals(proposal: Proposal, fit: Fit, mapping: TableMapping) -> None:
    """Let an export be graded by its own column of severity where its words are known, and say so."""
    for name, rivals in rivals_in(fit.profile, mapping).items():
        own, guess = rivals[0], likelier(fit.profile, name, rivals, mapping)
        if guess is not None:
            read_instead(proposal, fit.profile, name, guess)
            both = f"{plain(own.heading, most=60)} and {plain(guess.heading, most=60)}"
            proposal.remarks.append(f"two columns grade the rows, {both}: the latter says how grave each is")


def read_instead(proposal: Proposal, profile: Profile, name: str, guess: Guess) -> None:
    """Let a column of a profile be read under another heading, and under no heading that the profile knows."""
    for key, table in profile.tables.items():
        if name in table["columns"]:
            own = proposal.settings.setdefault("tables", {}).setdefault(key, {}).setdefault("columns", {})
            blank = {"optional": True} if guess.blanks else {}
            own[name] = {"header": guess.heading} | ({"also": []} if table["columns"][name].get("also") else {}) | blank


def answers_of(profile: Profile, groups: Sequence[str], terms: DraftTerms) -> tuple[str, tuple[str, ...]]:
    """Return what the facts of an export are called here, and those that the ruleset knows.

    Of several prefixes it is the likeliest one for which the ruleset has facts.
    """
    known = prefixes_of(profile)
    wanted = [*(group for group in groups if group in known), *known]
    answered = {prefix: asked_of(profile, prefix, terms) for prefix in wanted}
    prefix = next((prefix for prefix in wanted if answered[prefix]), wanted[0] if wanted else "")
    return prefix, answered.get(prefix, ())


def asked_of(profile: Profile, prefix: str, terms: DraftTerms) -> tuple[str, ...]:
    """Return the facts of a profile under a prefix that the ruleset has."""
    return tuple(name for fact in facts_of(profile, prefix) if terms.vocabulary.by_evidence(name := f"{prefix}.{fact}"))


def about_a_build(answers: Sequence[str], terms: DraftTerms) -> bool:
    """Whether one of these facts counts for one build only."""
    return any(terms.vocabulary[name].bound is Bound.BUILD for name in answers)


def column_of(profile: Profile, heading: str) -> str:
    """Return what a profile calls the column of a heading; empty for a column that it does not have."""
    wanted = plain_heading(heading)
    return next((each.name for each in profile.columns() if wanted in map(plain_heading, each.headings)), "")


def profile_questions(proposal: Proposal, fit: Fit, mapping: TableMapping, terms: DraftTerms) -> Iterator[str]:
    """Yield what only a person knows of an export: the profile's own questions, and words of no list of it.

    Which build was tested is asked only where a fact counts for one build.
    """
    profile = fit.profile
    for name in expanded(profile, prefix=proposal.prefix).unanswered:
        yield f"{profile.words[name].meaning} Say it under answers: {name}."
    for name, rivals in rivals_in(profile, mapping).items():
        which = any_of([plain(each.heading, most=60) for each in rivals])
        found = likelier(profile, name, rivals, mapping)
        drafted = f"Drafted is {plain(found.heading, most=60)}." if found else "Until then facts by it stay unknown."
        yield f"Which column counts, {which}? {drafted}"
    for table in profile.tables.values():
        rows = items_of(table, mapping)
        for column in table["columns"].values():
            yield from _unlisted(profile, column, mapping, rows)
    for each in subjects_asked(profile, mapping):
        if not each.asks:
            which = _EVERY_ROW if _lets_be(profile, each.heading) else _WHICH_ROWS
            yield f"Column {plain(each.heading, most=60)} names another {each.kind} than the program's. {which}"
    of_build = about_a_build(proposal.answers, terms)
    yield from (each for each in profile.asks if of_build or not each.startswith(WHICH_BUILD))


def subjects_asked(profile: Profile, mapping: TableMapping) -> Iterator[RowSubject]:
    """Yield the columns of an export of which somebody has to say which rows count, without a template's rows."""
    for table in profile.tables.values():
        settled = table.get("not_subject", {})
        for each in subjects_of(mapping, items_of(table, mapping)):
            if each.heading not in settled and (each.asks or each.names_others):
                yield each


def _lets_be(profile: Profile, heading: str) -> bool:
    """Whether a profile says of a column, by the name that it gives it, that every row counts whatever stands there."""
    called = plain_heading(heading)
    for table in profile.tables.values():
        columns = {name: table["columns"].get(name, {}) for name in table.get("not_subject", {})}
        for name, each in columns.items():
            if called in {plain_heading(one) for one in (each.get("header", name), *each.get("also", ()))}:
                return True
    return False


def items_of(table: dict[str, Any], mapping: TableMapping) -> Sequence[Sequence[object]]:
    """Return the rows of a table without those that a template has under its headings."""
    rule = table.get("rows", {}).get("template")
    guess = _guess(table["columns"][rule["column"]], mapping) if rule else None
    if rule is None or guess is None:
        return mapping.grid.rows
    return [row for row in mapping.grid.rows if str(row[guess.index]).strip() not in rule["values"]]


def _guess(column: dict[str, Any], mapping: TableMapping) -> Guess | None:
    headings = {plain_heading(each) for each in (column.get("header", ""), *column.get("also", ()))}
    return next((each for each in mapping.columns.values() if plain_heading(each.heading) in headings), None)


def _unlisted(
    profile: Profile, column: dict[str, Any], mapping: TableMapping, rows: Sequence[Sequence[object]]
) -> Iterator[str]:
    lists = sorted(named_words([column.get("allowed", ()), column.get("known", ())]))
    guess = _guess(column, mapping)
    if not lists or guess is None or guess.people or guess.hidden:
        return
    known = {word for name in lists for word in profile.words[name].usual}
    found = sorted({str(row[guess.index]) for row in rows} - known - {""})
    if found and len(found) <= _MOST:
        which = listed([plain(sayable(word), most=40) for word in found], most=6)
        yield f"Column {plain(guess.heading, most=60)}: what does {which} mean: {any_of(lists)}? Say it under answers."
