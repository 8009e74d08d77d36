"""What a binding workbook asks of an export of a known tool: its words, columns that it may have, and which tests."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gonogo.first_week import hints
from gonogo.first_week.adding.columns_lacking import lacking_columns, lacking_rows, reads, settle_left_out
from gonogo.first_week.adding.day_rows import day_rows_of_profile, settle_days_of_profile
from gonogo.first_week.adding.drafted_again import profile_of
from gonogo.first_week.adding.item_rows import item_rows, settle_items
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.sheet_line import BETWEEN, NOT_HERE, SheetLine, shown
from gonogo.first_week.adding.subject_rows import settle_subjects, subject_rows
from gonogo.first_week.drafts.answered_draft import AnsweredRow, moved_to
from gonogo.first_week.drafts.profiled import column_of, likelier, read_instead, rivals_in, subjects_asked
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.good_words import CRITICAL, height_of
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import counted
from gonogo.first_week.spellings import as_one, by_word, spelt_words, writable
from gonogo.first_week.table_columns import Guess
from gonogo.model.fact import Vocabulary
from gonogo.model.program import Binding
from gonogo.profiles.expanding import facts_of, named_words, prefixes_of
from gonogo.profiles.profile import Profile
from gonogo.text import any_of

NONE: Final = "none of these"
_IN: Final = re.compile(r"([a-z][a-z0-9_]*)\s+(?:not\s+)?in\s+\$([a-z][a-z0-9_]*)", re.IGNORECASE)
_MOST: Final = 40
_FEW: Final = 12


def profile_rows(
    profile: Profile, proposal: Proposal, vocabulary: Vocabulary, required: Collection[str] = ()
) -> Iterator[SheetLine]:
    """Yield what is asked of one export.

    Args:
        profile: By which it is read.
        proposal: Of the file, with its table as it is.
        vocabulary: Facts of the ruleset.
        required: Those that criteria read; nothing for all. Only of these it is asked what the file lacks.
    """
    known = prefixes_of(profile)
    others = sorted({name.rpartition(".")[0] for name in vocabulary.names() if vocabulary.by_evidence(name)} - {*known})
    note = (
        f"What it is about. {profile.title} are read as {any_of(known)}. Choose another one if these are other things, "
        "such as change requests: then it is drafted anew."
    )
    yield SheetLine("group", answer=proposal.prefix, offered=(*known, *others), note=note)
    facts = _known(profile, proposal.prefix, vocabulary)
    for name, fact in facts.items():
        yield SheetLine("answers", f"{proposal.prefix}.{name}", note=str(fact.get("meaning", "")))
    mapping = proposal.mapping
    if mapping is None:
        return
    yield from subject_rows(subjects_asked(profile, mapping), guess=False)
    yield from item_rows(profile, mapping)
    lists = word_lists(profile, facts)
    there = {column_of(profile, guess.heading): guess for guess in mapping.columns.values()}
    needed = {name: fact for name, fact in facts.items() if not required or f"{proposal.prefix}.{name}" in required}
    absent = [name for name in lacking_columns(profile, mapping, needed) if name in lists]
    spare = tuple(guess.heading for guess in mapping.columns.values() if not column_of(profile, guess.heading))
    yield from lacking_rows(profile, proposal.prefix, mapping, needed, lists)
    yield from day_rows_of_profile(profile, mapping, needed, proposal.settings)
    rivals = {
        name: each
        for name, each in rivals_in(profile, mapping).items()
        if any(reads(one, name) for one in facts.values())
    }
    for name, guesses in rivals.items():
        best = likelier(profile, name, guesses, mapping)
        meanings = " ".join(profile.words[each].meaning for each in lists.get(name, ()))
        note = f"Several columns may say it. Which one does? {meanings} Blank: the facts by it stay unknown."
        headings = tuple(guess.heading for guess in (*guesses[1:], guesses[0]))
        yield SheetLine("reads", name, answer=best.heading if best else "", offered=headings, note=note)
    offered: set[str] = set()
    for name, words in lists.items():
        rows = list(_words(profile, mapping, there[name], words)) if name in there else []
        offered |= {each for each in words if rows}
        yield from rows
    for name, guesses in rivals.items():
        for guess in guesses[1:]:
            yield from _words(profile, mapping, guess, lists.get(name, []))
    open_lists = [each for name in absent for each in lists[name]]
    for guess in mapping.columns.values():
        if open_lists and guess.heading in spare and guess.distinct <= _FEW and _tells(guess):
            yield from (replace(row, folded=True) for row in _words(profile, mapping, guess, open_lists, short=True))
    for words in lists.values():
        for name in words:
            if name not in offered:
                usual = "; ".join(profile.words[name].usual)
                note = f"{profile.words[name].meaning}{BETWEEN}"
                yield SheetLine("words", name, answer=usual, note=note)


def _tells(guess: Guess) -> bool:
    """Whether a column tells rows apart at all: one that is blank, or says one word of every row, does not."""
    return guess.distinct > 1 or (guess.distinct == 1 and guess.blanks > 0)


def _known(profile: Profile, prefix: str, vocabulary: Vocabulary) -> dict[str, Any]:
    found = facts_of(profile, prefix)
    return {name: fact for name, fact in found.items() if vocabulary.by_evidence(f"{prefix}.{name}")}


def word_lists(profile: Profile, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return for each column whose words something compares the word lists that it is compared with."""
    found: dict[str, list[str]] = {}
    for table in profile.tables.values():
        for name, column in table["columns"].items():
            found[name] = _listed_in(column)
    for fact in facts.values():
        for column, words in _IN.findall(str(fact)):
            if column in found and words not in found[column]:
                found[column].append(words)
    order = list(profile.words)
    return {name: sorted(words, key=order.index) for name, words in found.items() if words}


def _listed_in(column: Mapping[str, Any]) -> list[str]:
    """Return the word lists that a column of a profile declares: any other word in it is a gap."""
    return sorted(named_words([column.get("allowed", ()), column.get("known", ())]))


def _words(
    profile: Profile, mapping: TableMapping, guess: Guess, lists: Sequence[str], *, short: bool = False
) -> Iterator[SheetLine]:
    cells = [str(row[guess.index]) for row in mapping.grid.rows if row[guess.index] != ""]
    found = list(dict.fromkeys(cells))
    if guess.people or guess.concealed or len(found) > _MOST or not hints.may_show(guess.heading, found):
        return
    name = column_of(profile, guess.heading)
    open_to_all = not any(_listed_in(table["columns"].get(name, {})) for table in profile.tables.values())
    meanings = "; ".join(f"{each}: {profile.words[each].meaning}" for each in lists)
    examples = shown([hints.sayable(each) for each in found], hashed=False)
    yield SheetLine("column", guess.heading, note=f"examples: {examples}{'' if short else f'. {meanings}'}")
    for word, spelt in by_word(found).items():
        usual = next((each for each in lists if as_one(word) in map(as_one, profile.words[each].usual)), "")
        usual = usual if writable(word) else ""
        if not usual and open_to_all and (height_of(word) or 0) >= CRITICAL:
            usual = NONE  # every word beside the listed ones counts, and this one says plainly that it is grave
        count = sum(map(cells.count, spelt))
        note = f"{counted(count, 'row')}{spelt_words(spelt)}"
        yield SheetLine("word", word, guess.heading, usual, (*lists, NONE), note=note)


def other_group(profile: Profile, rows: Sequence[AnsweredRow], vocabulary: Vocabulary) -> str:
    """Return the group of facts that a person says an export is about, where its profile reads none of it.

    Raises:
        WrongAnswerInSheet: The ruleset has no facts of it.
    """
    row = next((row for row in rows if row.tag == "group"), None)
    if row is None or not row.answer or row.answer in prefixes_of(profile):
        return ""
    if row.answer not in {name.rpartition(".")[0] for name in vocabulary.names()}:
        raise WrongAnswerInSheet(f"{row.place}: the ruleset has no facts of `{row.answer}`")
    return row.answer


def group_moved_to(
    program: OpenProgram, binding: Binding, proposal: Proposal | None, rows: Sequence[AnsweredRow]
) -> str:
    """Return the group to which a person moved a file, so that it is drafted anew; empty for none.

    Raises:
        WrongAnswerInSheet: The ruleset has no facts of it.
    """
    if proposal is None:
        return ""
    if proposal.draft is not None:
        return moved_to(proposal.draft, rows)
    moved = other_group(profile_of(program, proposal), rows, program.rules.vocabulary)
    return moved if binding.confirmed is not None or moved != binding.prefix else ""


def take_profile_answers(profile: Profile, proposal: Proposal, rows: Sequence[AnsweredRow]) -> None:
    """Put into a proposal what a person answered: the words of each list, own headings, and what it is about.

    Raises:
        WrongAnswerInSheet: An answer is none of those that are offered.
    """
    for row in rows:
        if row.tag == "group" and row.answer in prefixes_of(profile):
            proposal.prefix = row.answer
        if row.tag == "word" and row.answer not in {"", NONE, *profile.words}:
            raise WrongAnswerInSheet(f"{row.place}: `{row.answer}` is no word list; choose one of the list")
    settle_subjects(profile, proposal, rows)
    settle_items(profile, proposal, rows)
    if proposal.mapping is not None:
        facts = facts_of(profile, proposal.prefix)
        proposal.leaves_out = settle_left_out(profile, proposal.prefix, proposal.mapping, facts, rows)
    headings = _headings(profile, proposal, rows)
    settle_days_of_profile(profile, proposal, rows)
    for name, words in profile.words.items():
        lists = word_lists(profile, facts_of(profile, proposal.prefix))
        mine = [
            row
            for row in rows
            if row.tag == "word" and name in lists.get(headings.get(row.of) or column_of(profile, row.of), ())
        ]
        asked = {as_one(row.about) for row in mine}
        chosen = [word for row in mine if row.answer == name for word in _spellings(proposal, row)]
        folded = set(map(as_one, chosen))
        lines = [row for row in rows if row.tag == "words" and row.about == name]
        typed = [(word.strip(), row) for row in lines for word in row.answer.split(";") if word.strip()]
        own = {as_one(word) for word, _ in typed} - set(map(as_one, words.usual))
        _contradicted(name, typed, mine)
        usual = [word for word, _ in typed] if lines else words.usual
        found = [word for word in usual if as_one(word) not in asked or as_one(word) in folded | own]
        found += [word for word in dict.fromkeys(chosen) if word not in found]
        if found and found != list(words.usual):
            proposal.words[name] = found


def _contradicted(name: str, typed: Sequence[tuple[str, AnsweredRow]], rows: Sequence[AnsweredRow]) -> None:
    """Refuse a word that a person typed into a list and that another row says is of another one.

    Raises:
        WrongAnswerInSheet: Two rows of the sheet contradict each other.
    """
    others = {as_one(row.about): row for row in rows if row.answer not in ("", name)}
    for word, line in typed:
        row = others.get(as_one(word))
        if row is not None:
            raise WrongAnswerInSheet(
                f"{line.place}: `{word}` is typed as `{name}`, and {row.place} says that it is `{row.answer}`; say one"
            )


def _spellings(proposal: Proposal, row: AnsweredRow) -> list[str]:
    """Return each way in which a column writes the word of a row; those that no condition can name are left out."""
    found, mapping = [row.about], proposal.mapping
    for guess in mapping.columns.values() if mapping is not None else ():
        if mapping is not None and guess.heading == row.of:
            found += [str(each[guess.index]) for each in mapping.grid.rows]
    return [word for word in dict.fromkeys(found) if as_one(word) == as_one(row.about) and writable(word)]


def _headings(profile: Profile, proposal: Proposal, rows: Sequence[AnsweredRow]) -> dict[str, str]:
    """Return the headings that a person named, with the column that each is; they become settings of the binding."""
    rivals = rivals_in(profile, proposal.mapping) if proposal.mapping is not None else {}
    guesses = {} if proposal.mapping is None else {each.heading: each for each in proposal.mapping.columns.values()}
    found: dict[str, str] = {}
    for row in rows:
        if row.tag != "reads" or row.answer == NOT_HERE or not (row.answer or row.about in rivals):
            continue
        table = next((key for key, each in profile.tables.items() if row.about in each["columns"]), None)
        if table is None or (row.answer and row.answer not in guesses):
            raise WrongAnswerInSheet(f"{row.place}: the file has no column `{row.answer}`")
        own = proposal.settings.setdefault("tables", {}).setdefault(table, {})
        own.get("columns", {}).pop(row.about, None)
        beside = [each.heading for each in rivals.get(row.about, ())]
        if not row.answer:
            continue
        if others := [each for each in beside[1:] if each != row.answer]:
            reason = f"a person says that {row.answer} counts"
            own["not_rival"] = {**own.get("not_rival", {}), **dict.fromkeys(others, reason)}
        if row.answer not in beside[:1]:
            read_instead(proposal, profile, row.about, guesses[row.answer])
        found[row.answer] = row.about
    return found
