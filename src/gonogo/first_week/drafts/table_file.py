"""The draft of one table file: read once, and bound with what can be told from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.drafts.blank_cells import blank_questions
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.fact_groups import kinds_in, names_rows, names_unread, ranked_groups
from gonogo.first_week.drafts.fit_told import changed_words, other_words
from gonogo.first_week.drafts.gone_rows import gone_questions
from gonogo.first_week.drafts.profiled import (
    about_a_build,
    answers_of,
    as_saved,
    barred_by,
    best_of,
    bind_by_profile,
    changed_of,
    choose_rivals,
    fits_for,
    kind_words,
    other_of,
    profile_questions,
    sheet_named_by_tool,
)
from gonogo.first_week.drafts.row_subjects import subjects_of
from gonogo.first_week.drafts.rows_in_question import KINDS, rows_in_question
from gonogo.first_week.drafts.sides_told import of_side, side_in_names
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.drafts.when_held import day_asked, say_when_held
from gonogo.first_week.hints import sayable
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.profile_heads import fits_of
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import ascii_words, counted, plain
from gonogo.first_week.sample_grid import GridNote
from gonogo.first_week.spellings import unwritable, writable
from gonogo.profiles.fitting import Confidence, Fit
from gonogo.profiles.profile import Profile

_NEAR: Final = 0.5
"""A group with such a share of the best one's score may be meant as well."""


def draft_proposal(proposal: Proposal, path: Path, root: Path, terms: DraftTerms) -> None:
    """Complete the proposal of a CSV or XLSX table; what only a person knows becomes a question.

    Args:
        proposal: Of the file, with its paths, and of one sheet of it where it names one.
        path: Of the file.
        root: The program's folder, which may carry profiles of its own.
        terms: By what it is drafted.
    """
    chosen = proposal.sheet
    try:
        mapping = map_file(path, sheet=chosen or None, bounds=terms.bounds)
    except UsageError as error:
        hint = f"; {error.hint}" if error.hint else ""
        proposal.missing.append(f"settings: it cannot be read: {plain(error.sentence.removesuffix('.'))}{hint}")
        return
    proposal.sheet = str(mapping.grid.settings.get("sheet", ""))
    fits = fits_for(mapping, path, root)
    fit = best_of(fits)
    named = sheet_named_by_tool(path, root) if fit is None and not chosen and mapping.several_sheets else ""
    if named not in ("", proposal.sheet):
        proposal.sheet = named
        draft_proposal(proposal, path, root, terms)
        return
    headless = mapping.headless or not mapping.columns
    if fit is None and headless:
        proposal.missing.append("its first row reads like data; export it with a row of headings, then `gonogo add` it")
        proposal.again = True
        return
    if fit is not None and headless and not mapping.grid.records:
        row = mapping.grid.settings.get("header_row", 1)
        mapping = map_file(path, sheet=proposal.sheet or None, header_row=row, bounds=terms.bounds)
    other = other_of(fits)
    groups = _groups(proposal, path, mapping, terms, fits)
    known = [group for group, _ in groups]
    apart = (
        fit is not None
        and not answers_of(fit.profile, known, terms)[1]
        and bool(known)
        and names_rows(mapping, known[0])
    )
    if fit is not None and not apart and _by_profile(proposal, fit, mapping, known, terms, path):
        return
    changed = changed_of(fits) if fit is None else None
    if changed is not None and changed.surely and answers_of(changed.profile, known, terms)[1]:
        bind_by_profile(proposal, changed, known, terms)
        proposal.side, proposal.answers = terms.side(proposal.paths[-1], proposal.prefix, proposal.sheet), ()
        proposal.mapping = mapping
        if own := as_saved(proposal, changed, mapping):
            proposal.settings = {"tables": own}
        say_when_held(proposal, mapping, terms, changed, path)
        proposal.unfit, proposal.of_draft = changed.difference, [f"{changed_words(changed)}."]
        return
    rivals = [group for group, score in groups[1:4] if score >= _NEAR * groups[0][1]]
    draft = draft_table(mapping, known[0] if known else "", terms.vocabulary, terms.required, rivals, terms.makers)
    told = any(each.where and (each.use or each.ask) for each in draft.facts) if apart else draft.used
    if fit is not None and not told:
        _by_profile(proposal, fit, mapping, [], terms, path, whatever=True)
        return
    proposal.draft, proposal.people = draft, list(mapping.people)
    if fit is not None:
        proposal.remarks.append(f"no export of {fit.profile.title}, because the ruleset asks for no fact of that")
    if changed is not None:
        proposal.questions.append(f"{changed_words(changed)}.")
    if other is not None:
        proposal.questions.append(f"{other_words(other)}.")
    proposal.side = terms.side(proposal.paths[-1], draft.group, proposal.sheet)
    say_when_held(proposal, mapping, terms, path=path)
    settle(proposal, terms)


def _groups(
    proposal: Proposal, path: Path, mapping: TableMapping, terms: DraftTerms, fits: Sequence[Fit]
) -> list[tuple[str, float]]:
    """Return the groups of facts that a table may be about, by its sheet, its name, its headings and its kinds of rows.

    Where its rows are another kind of thing than its columns say, only the words for what they are tell.
    """
    other = other_of(fits)
    kinds = kinds_in(mapping) if other is None else kind_words(other, mapping)
    names = [f"{proposal.sheet} {path.name}" if proposal.beside else path.name]
    tries = [(name, [*mapping.grid.headings, *kinds]) for name in names] if other is None else [("", kinds)]
    said = [word for name in names for word in ascii_words(name.rpartition(".")[0])]
    said += [word for text in (*mapping.grid.headings, *_of_every_row(mapping)) for word in ascii_words(text)]
    if names_unread(said, terms.vocabulary, terms.required):
        return []
    found = (ranked_groups(name, words, terms.vocabulary, terms.required) for name, words in tries)
    barred = barred_by(fits)
    mine = of_side(
        next(filter(None, found), []), side_in_names((proposal.sheet, path.name), terms.makers), terms.vocabulary
    )
    return [(group, score) for group, score in mine if group not in barred]


def _of_every_row(mapping: TableMapping) -> list[str]:
    """Return what a column says of every row, such as ``Regression`` under ``Suite``."""
    shown = [each for each in mapping.columns.values() if each.distinct == 1 and not (each.people or each.blanks)]
    return [str(mapping.grid.rows[0][each.index]) for each in shown if len(mapping.grid.rows) > 1]


def _by_profile(
    proposal: Proposal,
    fit: Fit,
    mapping: TableMapping,
    groups: Sequence[str],
    terms: DraftTerms,
    path: Path,
    *,
    whatever: bool = False,
) -> bool:
    """Bind a table by its profile, and return whether it is: one that only may be the tool's must answer something."""
    if not whatever and fit.confidence is not Confidence.SURE and not answers_of(fit.profile, groups, terms)[1]:
        return False
    bind_by_profile(proposal, fit, groups, terms)
    proposal.mapping = mapping
    if own := as_saved(proposal, fit, mapping):
        proposal.settings = {"tables": own}
    choose_rivals(proposal, fit, mapping)
    proposal.side = terms.side(proposal.paths[-1], proposal.prefix, proposal.sheet)
    say_when_held(proposal, mapping, terms, fit, path)
    proposal.of_draft = [*profile_questions(proposal, fit, mapping, terms), *day_asked(proposal)]
    return True


def by_own_profile(proposal: Proposal, profile: Profile, path: Path, terms: DraftTerms) -> bool:
    """Draft a table by the profile of its binding, whichever one it would be drafted by; return whether it fits.

    Args:
        proposal: Of the file.
        profile: By which the program reads it.
        path: Of the file.
        terms: By what it is drafted.
    """
    fit = next(iter(fits_of(path, [profile], sheet=proposal.sheet)), None)
    if fit is None or not fit.fits:
        return False
    mapping = map_file(path, sheet=proposal.sheet or None, bounds=terms.bounds)
    proposal.draft, proposal.settings, proposal.words, proposal.unfit = None, {}, {}, ""
    proposal.remarks, proposal.questions, proposal.rule, proposal.day = [], [], "", ""
    proposal.day_at = proposal.day_why = ""
    return _by_profile(proposal, fit, mapping, [], terms, path, whatever=True)


def as_table(proposal: Proposal, group: str, terms: DraftTerms) -> None:
    """Draft an export of a known tool as any table, because it is about something else than its profile reads."""
    mapping = proposal.mapping
    if mapping is None:
        return
    proposal.profile = proposal.title = proposal.prefix = proposal.unfit = ""
    proposal.mapping, proposal.settings, proposal.words, proposal.idle = None, {}, {}, False
    proposal.draft = draft_table(mapping, group, terms.vocabulary, terms.required, parties=terms.makers)
    proposal.remarks, proposal.people = [], list(mapping.people)
    proposal.side = terms.side(proposal.paths[-1], group, proposal.sheet)
    if not proposal.day:
        say_when_held(proposal, mapping, terms)
    settle(proposal, terms)


def settle(proposal: Proposal, terms: DraftTerms) -> None:
    """Write the settings of a drafted proposal anew, with what it answers and what is to be asked."""
    draft = proposal.draft
    if draft is None:
        return
    proposal.settings = settings_of(draft, terms.now)
    proposal.answers = tuple(each.fact.name for each in draft.used)
    said = any(each.kind == "build" and draft.counted.get(each.name, ...) for each in subjects_of(draft.mapping))
    proposal.of_build = not said and about_a_build(proposal.answers, terms)
    rows = [each.question for each in rows_in_question(draft.mapping)]
    blanks = [*gone_questions(draft), *blank_questions(draft.mapping)]
    proposal.of_draft = [*_questions(draft), *blanks, *day_asked(proposal), *rows, *_notes(draft)]


def _questions(draft: TableDraft) -> list[str]:
    found = []
    if not draft.group:
        found.append("What is it about? No words of it are those of a fact of the ruleset; or is it no evidence?")
    elif not draft.used:
        mine = [each for each in draft.facts if each.fact.name.rpartition(".")[0] == draft.group]
        names = ", ".join(each.fact.name for each in mine if each.required)
        why = "; ".join(dict.fromkeys(each.ask for each in mine if each.required and each.ask))
        found.append(
            f"Which column and which words answer {names}?{f' Nothing is drafted: {why}.' if why else ''}"
            if names
            else f"What of {draft.group} does it show?"
        )
    if draft.rivals:
        found.append(f"Is it about {draft.group}, or about {' or '.join(draft.rivals)}?")
    for each in draft.facts:
        about = each.fact.name.rpartition(".")[0] == draft.group
        if each.required and not each.use and draft.used and about:
            why = f" It is not drafted: {each.ask}." if each.ask else ""
            found.append(f"Does it say {each.fact.name}, and by which column? {each.fact.question}{why}")
    words: dict[str, list[str]] = {}
    for state, word in draft.unknown_words():
        if not writable(word):
            found.append(
                f"Column {plain(state.heading, most=60)}: {unwritable(word)}; until then it counts as the worse."
            )
            continue
        words.setdefault(state.heading, []).append(word)
    for heading, listed in words.items():
        which = ", ".join(plain(sayable(word), most=40) for word in listed)
        found.append(f"Column {plain(heading, most=60)}: what does {which} mean: done, open, failed or approved?")
    return found


def _notes(draft: TableDraft) -> list[str]:
    notes = (note for note in draft.mapping.notes if note.stops and not settled_by_draft(note))
    return [plain(str(note), most=300) for note in notes]


def settled_by_draft(note: GridNote) -> bool:
    """Whether the draft answers what a note says, or asks it in its own words: rows that may be no items, subjects."""
    if note.kind in KINDS:
        return True
    settled = ("blank_rows: allowed", "left_out", "subject: {")
    return any(words in note.sentence for words in settled) and "counts: [...]" not in note.sentence


def summary(draft: TableDraft) -> str:
    """Return in one sentence what a draft reads."""
    rows = counted(len(draft.mapping.grid.rows), "row")
    used = ", ".join(each.fact.name for each in draft.used) or "no fact yet"
    return f"{rows}; answers {used}"
