"""A confirmed binding that a person corrects by its sheet: only what they changed changes, and figures tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.asked_sheets import WHY, asked_of_binding, asked_profile
from gonogo.first_week.adding.binding_lines import digest_of_binding, signed, with_part
from gonogo.first_week.adding.changed_answers import ChangedAnswer, changed_rows
from gonogo.first_week.adding.columns_lacking import left_out_words
from gonogo.first_week.adding.confirmed_answers import KEPT, STAYS, facts_of_settings
from gonogo.first_week.adding.day_rows import settle_days
from gonogo.first_week.adding.drafted_again import own_of
from gonogo.first_week.adding.idle_meanings import idle_meanings
from gonogo.first_week.adding.kept_facts import reached
from gonogo.first_week.adding.previewing import UNKNOWN
from gonogo.first_week.adding.profile_sheets import take_profile_answers
from gonogo.first_week.adding.rival_rows import TAG as WHICH_COUNTS
from gonogo.first_week.adding.rival_rows import facts_of_binding, take_rivals
from gonogo.first_week.adding.said_by_run import EVERY, said_by_run
from gonogo.first_week.adding.said_day import said_rule
from gonogo.first_week.adding.setting_asks import answered_settings
from gonogo.first_week.adding.sheet_line import NOT_HERE, SEEN, SheetLine
from gonogo.first_week.adding.subject_rows import counted_in
from gonogo.first_week.adding.written_settings import binding_as_written, write_settings
from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.drafted_settings import column_compared, settings_of
from gonogo.first_week.drafts.setting_lines import flow
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain, quoted
from gonogo.model.program import Binding
from gonogo.profiles.expanding import merged
from gonogo.text import listed

_NOT: Final = "not answered"


def take_correction(
    adding: Adding,
    binding: Binding,
    path: str,
    proposal: Proposal | None,
    rows: Sequence[AnsweredRow],
    said: tuple[str, str, str],
) -> None:
    """Take what a person corrected of a confirmed binding: what they left as it stood is not touched.

    Args:
        adding: The program file that is being changed.
        binding: A confirmed one.
        path: The file that it reads.
        proposal: As it is drafted now; None where a collector reads the file as it is.
        rows: Its sheet.
        said: Who corrects it, why, and on which day.

    Raises:
        UsageError, WrongAnswerInSheet: An answer cannot be used, or the binding has changed since the sheet was made.
    """
    by, why, day = said
    asked = asked_of_binding(adding.program, binding, path, proposal)
    rows, stays = as_confirmed_again(rows)
    changes = changed_rows(asked, rows)
    if not by:
        if changes:
            raise UsageError("write your name under `confirmed by`; until then it stays as it was confirmed.")
        return
    if not changes:
        adding.told.append(f"{binding.id}: every answer is as it was confirmed, so its sheet changes nothing.")
        return
    if not why:
        raise UsageError(f"say under `{WHY}` why, beside your name.")
    seen = next((row.of for row in rows if row.tag == SEEN), "")
    if seen != digest_of_binding(adding.lines, binding.id):
        raise UsageError(
            "its binding was changed after this sheet was made; make it again: gonogo bind NEW.xlsx --make --again "
            f"{binding.id}."
        )
    kept = adding.lines
    _write_head(adding, binding, changes, by, rows)
    settings = write_answers(adding, binding, proposal, (asked, rows, changes), (by, day), stays)
    adding.lines = take_rivals(adding.program, binding, [each.row for each in changes], adding.lines)
    told = [each.words for each in changes]
    told += _figures(adding, binding, settings, kept)
    if proposal is not None and proposal.draft is not None:
        idle = idle_meanings(proposal.draft, rows, adding.program.terms(), asked)
        told += [idle] if idle else []
    note = f"corrected by {by} on {day}, in the binding workbook: {why}"
    adding.lines, adding.changed = signed(adding.lines, binding.id, note, told), True
    adding.told.append(f"{binding.id}: corrected by {plain(by)}: {plain(why, most=300)}")
    adding.told += [f"  {plain(each, most=4000)}" for each in told]
    if stays:
        adding.told.append(f"  {listed(sorted(stays))}: stays as confirmed, as {plain(by)} says.")


def _write_head(
    adding: Adding, binding: Binding, changes: Sequence[ChangedAnswer], by: str, rows: Sequence[AnsweredRow]
) -> None:
    """Write what stands outside of the settings: side, producer, day and build."""
    said = {each.row.tag: each.row.answer for each in changes}
    keys = {"side": said.get("side", ""), "producer": quoted(said["producer"]) if said.get("producer") else ""}
    if held := said.get("held", ""):
        keys["as_of"] = said_rule(adding.program, binding, held, by, rows)
    if said.get("of build"):
        keys["subject"] = f"{{build: {quoted(said['of build'])}}}"
    for key, value in keys.items():
        if value:
            adding.lines = with_part(adding.lines, binding.id, key, [f"{key}: {value}"])
    if "of build" in said and not said["of build"]:
        adding.lines = with_part(adding.lines, binding.id, "subject", [])


def as_confirmed_again(rows: Sequence[AnsweredRow]) -> tuple[list[AnsweredRow], frozenset[str]]:
    """Return the rows of a sheet, and the facts of which it says that they stay as they were confirmed."""
    stays = frozenset(row.about for row in rows if row.tag == "fact" and row.answer == STAYS)
    return [replace(row, answer=KEPT) if row.tag == "fact" and row.about in stays else row for row in rows], stays


def write_answers(
    adding: Adding,
    binding: Binding,
    proposal: Proposal | None,
    sheet: tuple[Sequence[SheetLine], Sequence[AnsweredRow], Sequence[ChangedAnswer]],
    signer: tuple[str, str],
    stays: frozenset[str],
) -> dict[str, Any]:
    """Write the settings as corrected, and return them as they stand now."""
    (asked, rows, changes), (by, day) = sheet, signer
    own = own_of(adding.program, binding)
    confirmed: dict[str, Any] = own["settings"]
    how = [each for each in changes if each.row.tag not in ("side", "producer", "held", "of build", WHICH_COUNTS)]
    if not how:
        return confirmed
    if proposal is None:
        settings = {**confirmed, **answered_settings(binding, rows)}
    elif proposal.draft is not None:
        settings = _of_table(adding, binding, proposal, sheet, stays)
    else:
        before, after = (_of_profile(adding, binding, proposal, each) for each in (_as_left(asked), rows))
        settings = confirmed if before.settings == after.settings else merged(confirmed, after.settings)
        words = {**own["answers"], **after.words}
        if words != own["answers"]:
            adding.lines = with_part(adding.lines, binding.id, "answers", [f"answers: {flow(words)}"], "profile")
        if before.leaves_out != after.leaves_out:
            said = left_out_words(after.leaves_out, by, day)
            lines = [f"leaves_out: {flow(said)}"] if said else []
            adding.lines = with_part(adding.lines, binding.id, "leaves_out", lines, "profile")
        if after.prefix != (binding.prefix or after.prefix):
            adding.lines = with_part(adding.lines, binding.id, "as", [f"as: {after.prefix}"])
    if settings != confirmed:
        write_settings(adding, binding, settings)
    return settings


def _as_left(asked: Sequence[SheetLine]) -> list[AnsweredRow]:
    return [AnsweredRow(row.tag, row.about, row.of, row.answer, row.second or "", "its sheet") for row in asked]


def _of_profile(adding: Adding, binding: Binding, proposal: Proposal, rows: Sequence[AnsweredRow]) -> Proposal:
    profile = asked_profile(adding.program, binding, proposal)
    found = replace(proposal, settings={}, words={})
    take_profile_answers(profile, found, rows)
    return found


def _of_table(
    adding: Adding,
    binding: Binding,
    proposal: Proposal,
    sheet: tuple[Sequence[SheetLine], Sequence[AnsweredRow], Sequence[ChangedAnswer]],
    stays: frozenset[str],
) -> dict[str, Any]:
    """Return the settings of a table in which only what a person changed is another."""
    asked, rows, changes = sheet
    confirmed = own_of(adding.program, binding)["settings"]
    tables = list(confirmed.get("tables", {}))
    if len(tables) != 1:
        raise UsageError(
            "its settings have several tables, so a sheet cannot correct them; change gonogo.yaml by hand."
        )
    old = _drafted(adding, proposal, _as_left(asked))
    new = _drafted(adding, proposal, rows)
    one, (before,), (after,) = confirmed["tables"][tables[0]], old["tables"].values(), new["tables"].values()
    table = {**one, **{key: after[key] for key in after if key != "columns" and after[key] != before.get(key)}}
    for key in before.keys() - after.keys():
        table.pop(key, None)
    columns = {**one.get("columns", {})}
    columns |= {
        name: each for name, each in after["columns"].items() if each != before["columns"].get(name, columns.get(name))
    }
    table["columns"] = columns = _as_in_file(columns, proposal)
    stood, chosen = facts_of_settings(binding), {each.row.about for each in changes if each.row.tag == "fact"}
    known = adding.program.rules.vocabulary
    declared = {name: known.get(name) for name in stood if name in known}
    assert proposal.draft is not None
    reach, read_too = reached(proposal.draft, stood, declared, (_as_left(asked), rows), changes, stays)
    if read_too and read_too not in columns:
        columns |= {read_too: column_compared(proposal.draft, read_too)}
        table["columns"] = columns = _as_in_file(columns, proposal)
    if "ignore" in one or "ignore" in after:
        read = {str(each.get("header", name)) for name, each in columns.items()}
        ignored = dict.fromkeys([*one.get("ignore", ()), *after.get("ignore", ())])
        table["ignore"] = [heading for heading in ignored if heading not in read]
        if not table["ignore"]:
            del table["ignore"]
    facts = {}
    for name in dict.fromkeys([*stood, *new["facts"]]):
        moved = name in chosen or old["facts"].get(name) != new["facts"].get(name)
        found = (new["facts"] if moved else {**stood, **reach}).get(name)
        if found is not None:
            facts[name] = found
    prefix = f"{binding.prefix}." if binding.prefix else ""
    if strange := [name for name in facts if not name.startswith(prefix)]:
        raise UsageError(f"its facts are called {prefix}…, so {strange[0]} cannot be one of them.")
    return {
        **confirmed,
        "tables": {tables[0]: table},
        "facts": {name.removeprefix(prefix): facts[name] for name in facts},
    }


def _as_in_file(columns: Mapping[str, Any], proposal: Proposal) -> dict[str, Any]:
    """Return columns in the order in which they come in the file: one that is read only now is not the last."""
    assert proposal.draft is not None
    places = {guess.heading.strip(): guess.index for guess in proposal.draft.mapping.columns.values()}
    last = len(places)
    return dict(sorted(columns.items(), key=lambda each: places.get(str(each[1].get("header", each[0])).strip(), last)))


def _drafted(adding: Adding, proposal: Proposal, rows: Sequence[AnsweredRow]) -> dict[str, Any]:
    assert proposal.draft is not None
    said = [replace(row, answer=NOT_HERE, second="") if row.answer == KEPT else row for row in rows]
    terms = adding.program.terms()
    settle_days(proposal.draft.mapping, said)
    draft = with_answers(proposal.draft, said, terms)
    draft.counted = counted_in(draft.mapping, said)
    return settings_of(draft, terms.now)


def _figures(adding: Adding, binding: Binding, settings: Mapping[str, Any], kept: Any) -> list[str]:
    """Return what each fact came to and comes to now, as a run says it.

    Raises:
        UsageError: The program would not load, or reads something else than was answered.
    """
    try:
        program, now = binding_as_written(adding, binding, settings)
        facts = {*facts_of_binding(adding.program, binding), *facts_of_binding(program, now)}
        before, after = said_by_run(adding.program, [binding], facts), said_by_run(program, [now], facts)
    except UsageError:
        adding.lines = kept
        raise
    moved = list(_moved(before.facts.get(binding.id, {}), after.facts.get(binding.id, {})))
    names = {name for name, _, _ in moved}
    alone = _moved(before.alone.get(binding.id, {}), after.alone.get(binding.id, {}))
    told = list(_before_and_now(moved))
    for name, was, is_now in alone:
        if name not in names and EVERY not in names:
            by_all = after.facts.get(binding.id, {}).get(name, _NOT)
            told.append(f"{name}: {was} before, {is_now} now by {binding.id} alone; with all its sources {by_all}")
    return told or ["every figure of today stays as it was"]


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield each fact that comes to something else, with both in words."""
    for name in {**before, **after}:
        was, is_now = before.get(name, _NOT), after.get(name, _NOT)
        if was != is_now:
            yield name, was, is_now


def _before_and_now(moved: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Yield a line for each fact that is known now, and one for each reason why the others are not."""
    reasons: dict[str, list[str]] = {}
    for name, was, is_now in moved:
        if is_now.startswith(UNKNOWN):
            reasons.setdefault(is_now, []).append(f"{name} ({was.partition(' (')[0]} before)")
        else:
            yield f"{name}: {was} before, {is_now} now"
    for why, facts in reasons.items():
        yield f"{listed(facts, most=len(facts))}: {why} now"
