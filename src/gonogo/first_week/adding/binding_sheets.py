"""What the binding workbook asks of each file, row by row: a guess stands in each answer but that of the name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from gonogo.first_week import hints
from gonogo.first_week.adding.day_rows import day_rows
from gonogo.first_week.adding.previewing import UNKNOWN
from gonogo.first_week.adding.released_build import OF_BUILD, OF_BUILD_NOTE
from gonogo.first_week.adding.rows_rows import rows_rows
from gonogo.first_week.adding.setting_asks import setting_asks
from gonogo.first_week.adding.sheet_line import ALSO, ELSE, KNOWN, NEEDED, NOT_HERE, SAID_IN, TODAY, SheetLine, shown
from gonogo.first_week.adding.subject_rows import subject_rows
from gonogo.first_week.dating import dating
from gonogo.first_week.drafts.answered_draft import named_columns
from gonogo.first_week.drafts.asked_about import EVERY_ROW
from gonogo.first_week.drafts.draft_columns import MOST_WORDS
from gonogo.first_week.drafts.empty_lists import NONE_THERE, may_be_none
from gonogo.first_week.drafts.fact_asks import may_be_of_rows
from gonogo.first_week.drafts.filled_cells import EMPTY, FILLED, by_filled_cells, may_be_empty, may_be_filled
from gonogo.first_week.drafts.offered_columns import may_answer, may_narrow
from gonogo.first_week.drafts.profiled import column_of
from gonogo.first_week.drafts.row_subjects import subjects_of
from gonogo.first_week.drafts.table_draft import BLANK, FactDraft, TableDraft
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.drafts.words_that_count import words_to_say_first
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import counted
from gonogo.first_week.spellings import by_word, spelt_words
from gonogo.first_week.table_columns import Guess
from gonogo.model.people import Side
from gonogo.model.program import AsOfRule, Binding
from gonogo.plugin.inputs.dated_names import dated
from gonogo.profiles.profile import Profile
from gonogo.text import listed

USE: Final = ("read it", "no evidence", "later")


def rows_of(
    binding: Binding,
    path: str,
    proposal: Proposal | None,
    groups: Sequence[str],
    *,
    undated: bool = False,
    profile: Profile | None = None,
    given: Mapping[str, str] | None = None,
    required: Collection[str] = (),
) -> Iterator[SheetLine]:
    """Yield what is asked about one binding, but for what an export of a known tool is asked.

    Args:
        binding: As the program has it.
        path: The file.
        proposal: As it is drafted now; None where a collector reads the file as it is.
        groups: Groups of facts that the ruleset has.
        undated: Whether nobody has said yet when its content held.
        profile: By which it is read; None for none.
        given: What each fact comes to today, in words; nothing where it could not be read.
        required: Facts that the criteria read.
    """
    today = today_words(given or {}, required)
    yield SheetLine(
        "file", path, answer=binding.id, note="The file, and the id of its binding. Leave this row as it is."
    )
    yield SheetLine(
        "confirmed by",
        note=f"Your name, once every row below is right. While this is blank, nothing is read. {TODAY}{today}.",
    )
    yield SheetLine("use", answer=USE[0], offered=USE, note="If it is no evidence, say why in the next row.")
    yield SheetLine("why not", note="Why it is no evidence; nobody is asked about it again.")
    yield SheetLine(
        "side", answer=str(binding.side), offered=tuple(each.value for each in Side), note="Whose evidence."
    )
    yield SheetLine("producer", answer=binding.producer, note="Who makes the file. They may not attest it.")
    draft = proposal.draft if proposal is not None else None
    how = _how_dated(binding, path, proposal, profile)
    yield SheetLine(
        "held",
        NEEDED if undated else "",
        note=f"The day on which it held, such as 2027-04-15; needed here.{_line_says(proposal)}"
        if undated
        else f"{KNOWN}{how}{ELSE}",
    )
    if binding.build is not None:
        yield SheetLine(OF_BUILD, offered=(binding.build,), note=OF_BUILD_NOTE)
    if draft is not None:
        yield from _table(draft, groups, given or {})
        yield from day_rows(proposal) if proposal is not None else ()
    elif proposal is None:
        yield from setting_asks(binding, given or {})


def today_words(given: Mapping[str, str], required: Collection[str] = ()) -> str:
    """Return what facts come to today: first those that criteria read; those unknown for one reason stand together."""
    parts = []
    for mine in (True, False):
        reasons: dict[str, list[str]] = {}
        for fact, words in given.items():
            if (fact in required or not required) is mine:
                reasons.setdefault(words if words.startswith(UNKNOWN) else f"{fact}: {words}", []).append(fact)
        said = [
            f"{', '.join(facts)}: {words}" if words.startswith(UNKNOWN) else words for words, facts in reasons.items()
        ]
        parts.append("; ".join(said))
    first, rest = parts
    return (first or "nothing yet") + (f".{ALSO}{rest}" if rest else "")


_DATED: Final = {
    AsOfRule.DOCUMENT: "the document says when it held",
    AsOfRule.DOCUMENT_SAVED: "the day on which the document was saved",
    AsOfRule.FILE_NAME: "the date in the file's name",
    AsOfRule.SAID: "the day that was said",
}


def _line_says(proposal: Proposal | None) -> str:
    """Return which line of the file says when it held: a person says the day by it; empty where none does."""
    return f" {SAID_IN}{proposal.day_at}: {proposal.day}" if proposal is not None and proposal.day_at else ""


def _how_dated(binding: Binding, path: str, proposal: Proposal | None, profile: Profile | None) -> str:
    """Return how it is known when the content held, with the day where it can be told from here."""
    rule = binding.inputs[0].as_of
    why = f"; {proposal.day_why}" if proposal is not None and proposal.day_why else ""
    day = ""
    if rule.rule is AsOfRule.FILE_NAME and (found := dated(path.rpartition("/")[2])) is not None:
        day = f", {found.day}"
    if rule.rule is AsOfRule.COLUMN and proposal is not None and proposal.draft is not None:
        newest = dating(proposal.draft.mapping).newest.get(rule.column)
        day = f", {newest:%Y-%m-%d}" if newest is not None else ""
    if rule.rule in _DATED:
        return f"{_DATED[rule.rule]}{day}"
    if rule.rule is AsOfRule.COLUMN:
        heading = _heading(rule.column, proposal, profile)
        return f"the {'newest day' if rule.latest else 'one day'} of the column {heading}{day}{why}"
    day = f", {proposal.day}" if proposal is not None and proposal.day else ""
    return f"the cell {rule.cell}{day}{why}"


def _heading(column: str, proposal: Proposal | None, profile: Profile | None) -> str:
    """Return what the file calls a column that the settings or a profile call otherwise."""
    mapping = None if proposal is None else proposal.draft.mapping if proposal.draft is not None else proposal.mapping
    for name, guess in mapping.columns.items() if mapping is not None else ():
        if column in (name if profile is None else column_of(profile, guess.heading), guess.heading):
            return repr(guess.heading)
    return column


def _table(draft: TableDraft, groups: Sequence[str], given: Mapping[str, str]) -> Iterator[SheetLine]:
    mapping = draft.mapping
    headings = tuple(guess.heading for guess in mapping.columns.values())
    yield SheetLine(
        "group", answer=draft.group, offered=tuple(groups), note="What it is about: the facts that it shows."
    )
    key = [mapping.columns[name].heading for name in mapping.key.split(", ") if name in mapping.columns]
    yield SheetLine(
        "key",
        answer=key[0] if key else "",
        offered=headings,
        second=key[1] if len(key) > 1 else "",
        note="The column, or the two, that tell every row apart.",
    )
    yield from subject_rows(subjects_of(mapping), guess=True)
    yield from rows_rows(draft)
    needs = any(EVERY_ROW in each.ask for each in draft.facts)
    yield SheetLine(
        "only rows",
        offered=(*([EVERY_ROW] if needs else []), *may_narrow(draft)),
        second="",
        note="Where only some rows count: the column, and beside it its words that count, with ; between them."
        + (f" `{EVERY_ROW}`: each row of the list is one that is needed." if needs else ""),
    )
    for each in draft.facts:
        if each.required:
            yield _fact(draft, each, given.get(each.fact.name, ""))
    for name, guess in mapping.columns.items():
        state = draft.states.get(name)
        examples = [str(row[guess.index]) for row in mapping.grid.rows if row[guess.index] != ""]
        few = shown(examples, hashed=kept_back(guess, examples, about_people=bool(mapping.people)))
        if state is None:
            nothing = listed(guess.settings.get("blank_words", ()))
            more = f"; {nothing} counts as a blank cell" if nothing else ""
            yield SheetLine("column", guess.heading, note=f"examples: {few}{more}", folded=True)
            continue
        words = {**state.words} | ({BLANK: None} if state.blanks and BLANK not in state.words else {})
        each_means = f"say below what {'each' if len(words) > 1 else 'it'} means"
        yield SheetLine("column", guess.heading, note=f"{counted(len(words), 'different word')}; {each_means}")
        for word, spelt in list(by_word(words).items())[:MOST_WORDS]:
            means = words[word]
            count = state.blanks if word == BLANK else sum(map(examples.count, spelt))
            yield SheetLine(
                "word",
                word,
                guess.heading,
                str(means) if means is not None else "",
                tuple(str(each) for each in Meaning),
                note=f"{counted(count, 'row')}{spelt_words(spelt)}",
            )


def kept_back(guess: Guess, cells: Sequence[str], *, about_people: bool) -> bool:
    """Whether examples of a column are shown as digests only: they may name somebody, or open something."""
    if guess.people or guess.hidden or guess.concealed or hints.is_personal(guess.heading):
        return True
    different = set(cells)
    if hints.may_be_secret(guess.heading, different):
        return True
    text = guess.settings["type"] in ("text", "id")
    return about_people and text and not hints.may_quote(guess.heading, different)


_NONE: Final = (
    f" The list has no row, which by itself proves nothing. If there are none, choose `{NONE_THERE}`, and say the day "
    "under `held`: it counts for this file alone, and each row of a later one counts."
)


def _fact(draft: TableDraft, each: FactDraft, today: str) -> SheetLine:
    """Return the row of one fact: what the draft takes, or nothing where only a person knows by which column."""
    columns = draft.mapping.columns
    named = [columns[name].heading for name in named_columns(draft, each) if name in columns] if each.use else []
    offered = [name for name in columns if may_answer(draft, each.fact, name) or columns[name].heading in named]
    own = each.fact.name.rpartition(".")[0] == draft.group or any(part.words for part in each.among)  # of its side
    own = own and bool(offered) and may_be_of_rows(each.fact)
    narrow = list(dict.fromkeys(columns[part.column].heading for part in each.among)) if each.use else []
    why = f" {each.ask[0].upper()}{each.ask[1:]}." if each.ask else ""
    why += words_to_say_first(draft, each.fact, [name for name in offered if name in draft.states])
    return SheetLine(
        "fact",
        each.fact.name,
        answer=named[0] if named else "" if own and not each.use else NOT_HERE,
        offered=(
            NOT_HERE,
            *([NONE_THERE] if may_be_none(draft, each.fact) else []),
            *(columns[name].heading for name in offered),
            *([FILLED] if may_be_filled(each.fact) else []),
            *([EMPTY] if may_be_empty(each.fact) else []),
        ),
        second=named[1] if len(named) > 1 else FILLED if named and by_filled_cells(each) else "",
        note=f"{each.fact.question} By which column, or which two? Blank: it stays unknown.{why}"
        + (_NONE if may_be_none(draft, each.fact) else "")
        + (f" Asked about are the rows that {' and '.join(narrow)} says." if narrow else "")
        + (f" Today: {today}." if today and each.use else ""),
    )
