"""Every profile that ships: its example has the right answers, and what no example shows makes no answer better."""

import csv
import functools
import io
import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.profiles.conftest import NOW, read, said

from gonogo.profiles import shelf
from gonogo.profiles.example_files import WORKBOOK, example_file, workbook_of
from gonogo.profiles.expanding import better, facts_of
from gonogo.profiles.fitting import Confidence, Head, fit, recognize
from gonogo.profiles.profile import any_fits, plain

PROFILES = shelf.shipped_profiles()
EXAMPLES = [pytest.param(each, example, id=example.file) for each in PROFILES for example in each.examples]
UNHEARD = "Zz unheard of"


def text_of(profile, example):
    """Return the text of an example file."""
    data = (profile.path.parent / example.file).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252")


def delimiter_of(text):
    """Return what stands between the cells of a text."""
    first = max(text.splitlines()[:12], key=lambda line: max(map(line.count, ",;\t|")), default="")
    return max(",;\t|", key=first.count)


def rows_of(text):
    """Return the rows of a text, titles and headings among them."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)))


def written(rows, delimiter):
    """Return rows as a text, each cell quoted."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def file_of(profile, example, text):
    """Return name and bytes of an example whose text was changed."""
    name = example.file
    if name.endswith(WORKBOOK):
        return name.removesuffix(".csv"), workbook_of(
            text, profile.sheets[0].replace("*", "") if profile.sheets else "S"
        )
    return name, text.encode("utf-8")


def header_of(profile, rows):
    """Return the index of the row of headings: the first with every heading that must be there."""
    table = next(iter({column.table for column in profile.columns()}))
    needed = [
        set(map(plain, column.headings)) for column in profile.columns() if column.needed and column.table == table
    ]
    for index, cells in enumerate(rows):
        if all(set(map(plain, cells)) & each for each in needed):
            return index
    raise AssertionError(f"{profile.name}: no row has every heading")


def head_of(profile, example):
    """Return what is known of an example before its rows are read."""
    name, _ = example_file(profile, example)
    text = text_of(profile, example)
    if name.endswith(".json"):
        return Head(tuple(keys_of(records_of(profile, json.loads(text)))), name, "", "json")
    rows = rows_of(text)
    sheet = profile.sheets[0].replace("*", "") if name.endswith(".xlsx") and profile.sheets else ""
    return Head(tuple(rows[header_of(profile, rows)]), name, sheet, name.rpartition(".")[2])


def records_of(profile, document):
    """Return the records of a JSON document."""
    table = next(iter(profile.tables.values()))
    for path in (table.get("records", ""), *table.get("records_also", ())):
        found = document
        if path.startswith("[].") and isinstance(document, list) and path[3:] in document[0]:
            return [record for page in document for record in page[path[3:]]]
        for key in path.split(".") if path else ():
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, list):
            return found
    raise AssertionError("no records")


def keys_of(records):
    """Return every key of the records, dotted."""
    found = {}

    def walk(part, prefix):
        for key, value in part.items():
            found[prefix + key] = None
            if isinstance(value, dict):
                walk(value, f"{prefix}{key}.")

    for record in records:
        walk(record, "")
    return list(found)


def replaced_at(part, key):
    """Put a word that nobody listed into the place of a text at a dotted key, whose parts may hold dots."""
    if isinstance(part.get(key), str):
        part[key] = UNHEARD
    for at in [at for at, sign in enumerate(key) if sign == "."]:
        if isinstance(part.get(key[:at]), dict):
            replaced_at(part[key[:at]], key[at + 1 :])


def is_asked(profile, example, column):
    """Return whether a condition of a fact of the example names a column."""
    measures = [part for fact in facts_of(profile, example.prefix).values() for part in fact.values()]
    asked = [part.get(key, "") for part in measures if isinstance(part, dict) for key in ("where", "among", "of")]
    return re.search(rf"\b{column}\b", " ".join(asked)) is not None


def number_of(answer):
    """Return the value of an answer as a number."""
    if answer.whole is not None:
        return Decimal(answer.part) / Decimal(answer.whole) if answer.whole else None
    return Decimal(int(answer.value)) if isinstance(answer.value, bool) else Decimal(str(answer.value))


def never_better(profile, example, name, data, before, what, now=NOW):
    """Assert that a changed file gives no answer that is better than the one of the example; a gap is never better."""
    directions = better(profile.facts)
    for fact, answer in read(
        profile, name, data, example.prefix, answers=example.answers, own=example.settings, now=now
    ).items():
        old = before[fact]
        if answer.gap is not None or old.gap is not None:
            continue
        new, was = number_of(answer), number_of(old)
        if new is None or was is None:
            continue
        if directions[fact.rpartition(".")[2]] == "lower":
            assert new >= was, f"{what}: {fact} fell from {was} to {new}"
        else:
            assert new <= was, f"{what}: {fact} rose from {was} to {new}"


@functools.cache
def example_answers(profile_name, file):
    """Return the answers to an example as it is."""
    profile = next(each for each in PROFILES if each.name == profile_name)
    example = next(each for each in profile.examples if each.file == file)
    name, data = example_file(profile, example)
    return read(profile, name, data, example.prefix, answers=example.answers, own=example.settings)


@pytest.mark.parametrize(("profile", "example"), EXAMPLES)
def test_an_example_has_the_right_answers(profile, example):
    """What a profile says of its tool is true of a file of that tool, or it misleads every office that uses it."""
    found = example_answers(profile.name, example.file)

    assert {fact: said(answer) for fact, answer in found.items()} == dict(example.right), {
        fact: answer.detail for fact, answer in found.items() if answer.detail
    }


@pytest.mark.parametrize(("profile", "example"), EXAMPLES)
def test_a_file_that_ages_gets_no_better_answer(profile, example):
    """Counted back from the run, the defects of "the last 28 days" were none in a file that was old enough."""
    before, (name, data) = example_answers(profile.name, example.file), example_file(profile, example)

    never_better(profile, example, name, data, before, "60 days later", NOW + timedelta(days=60))


@pytest.mark.parametrize(("profile", "example"), EXAMPLES)
def test_an_example_is_recognized_as_its_own_profile_first(profile, example):
    """A file that is taken for another tool's is read by other rules."""
    found = recognize(head_of(profile, example), PROFILES)

    assert found, "nothing recognizes it"
    assert found[0].profile.name == profile.name, [(each.profile.name, each.confidence, each.why) for each in found]
    assert found[0].confidence in (Confidence.SURE, Confidence.LIKELY), found[0].why
    assert found[0].fits


@pytest.mark.parametrize(("profile", "example"), EXAMPLES)
def test_a_file_without_a_needed_column_is_refused_and_says_which(profile, example):
    """A tool that renames a column must not be half read."""
    head = head_of(profile, example)
    needed = next(column for column in profile.columns() if column.needed)
    names = {plain(each) for each in needed.headings}
    without = tuple(each for each in head.headings if plain(each) not in names)
    found = fit(profile, Head(without, head.file_name, head.sheet, head.form))

    assert found is None or (not found.fits and needed.headings[0] in found.difference)
    if head.form == "json":
        return
    rows = rows_of(text_of(profile, example))
    top = header_of(profile, rows)
    rows[top] = [f"{cell} new" if plain(cell) in names else cell for cell in rows[top]]
    name, data = file_of(profile, example, written(rows, delimiter_of(text_of(profile, example))))
    made = read(profile, name, data, example.prefix, answers=example.answers, own=example.settings)
    assert all(answer.gap is not None for answer in made.values())
    assert all(needed.headings[0] in answer.detail for answer in made.values()), [each.detail for each in made.values()]


@pytest.mark.parametrize(("profile", "example"), EXAMPLES)
def test_a_word_that_nobody_listed_makes_no_answer_better(profile, example):
    """Every office has words of its own: what nobody knows counts as open, as undone, or stops the fact."""
    before = example_answers(profile.name, example.file)
    text = text_of(profile, example)
    read_columns = {
        plain(heading)
        for column in profile.columns()
        for settings in [profile.tables[column.table]["columns"][column.name]]
        if settings["type"] == "boolean" or settings.get("allowed") == "any"  # a list refuses what is not in it
        for heading in column.headings
        if is_asked(profile, example, column.name)
    }
    if example.file.endswith(".json"):
        document = json.loads(text)
        for key in [key for key in keys_of(records_of(profile, document)) if plain(key) in read_columns]:
            changed = json.loads(text)
            for record in records_of(profile, changed):
                replaced_at(record, key)
            never_better(profile, example, example.file, json.dumps(changed).encode(), before, key)
        return
    rows = rows_of(text)
    top = header_of(profile, rows)
    for index, heading in enumerate(rows[top]):
        if plain(heading) not in read_columns:
            continue
        changed = [list(cells) for cells in rows]
        for cells in changed[top + 1 :]:
            if index < len(cells) and cells[index]:
                cells[index] = UNHEARD
        name, data = file_of(profile, example, written(changed, delimiter_of(text)))
        never_better(profile, example, name, data, before, heading)


@pytest.mark.parametrize(("profile", "example"), [each for each in EXAMPLES if each.id.endswith(WORKBOOK)])
def test_rows_on_a_second_sheet_make_no_answer_better(profile, example):
    """A matrix of one sheet a module read as its first module alone; so would open items that somebody moved away."""
    before = example_answers(profile.name, example.file)
    text = text_of(profile, example)
    rows = rows_of(text)
    top = header_of(profile, rows)
    half = top + 1 + (len(rows) - top) // 2
    name, data = file_of(profile, example, written([*rows[:half], ["[More]"], rows[top], *rows[half:]], ","))

    never_better(profile, example, name, data, before, "a second sheet")


@pytest.mark.parametrize(("profile", "example"), EXAMPLES)
def test_rows_that_are_no_items_make_no_answer_better(profile, example):
    """A total, a title, a second header and a note below the table are in many exports, and none of them is work."""
    if example.file.endswith(".json"):
        return
    before = example_answers(profile.name, example.file)
    text = text_of(profile, example)
    rows = rows_of(text)
    top = header_of(profile, rows)
    width = len(rows[top])
    blank = [""] * width
    additions = {
        "a total": [["Total", *blank[1:-1], "12"]],
        "a group title": [["Wave 1", *blank[1:]]],
        "a second header": [list(rows[top])],
        "a note": [["Applied filters: status is open", *blank[1:]]],
    }
    for what, more in additions.items():
        name, data = file_of(profile, example, written([*rows, *more], delimiter_of(text)))
        never_better(profile, example, name, data, before, what)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_profile_says_what_its_readers_need(profile):
    """A profile without a direction for a fact, or an answer for half of them, is not tested by the laws above."""
    facts = {name: fact for each in profile.facts for name, fact in each.facts.items()}

    assert profile.path.stem == profile.name
    assert set(better(profile.facts)) == set(facts), "each fact says better: lower or better: higher"
    assert set(better(profile.facts).values()) <= {"lower", "higher"}
    assert all(fact.get("meaning") for fact in facts.values())
    assert profile.about_people or "nobody" in " ".join(profile.traps), (
        "columns about people, or a trap that says nobody"
    )
    for example in profile.examples:
        assert set(example.right) == set(facts_of(profile, example.prefix)), "an answer for each fact, gap included"
    answered = {name for each in profile.examples for name, right in each.right.items() if right != "gap"}
    assert {name.rpartition(".")[2] for name in answered} == set(facts), "each fact has an answer in some example"


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_what_tells_a_tool_is_no_heading_of_many_others(profile):
    """``Status*`` is every list's status: a register of anybody's would be refused as an export that has changed."""
    others = [{plain(h) for c in each.columns() for h in c.headings} for each in PROFILES if each is not profile]

    assert {
        pattern: number
        for pattern in profile.telling
        if (number := sum(any_fits(pattern, headings) for headings in others)) > 4
    } == {}


@pytest.mark.parametrize(("profile", "example"), EXAMPLES)
def test_no_answer_names_a_person_of_the_example(profile, example):
    """An export of a tool is full of names, and the record is read by many."""
    if example.file.endswith(".json"):
        return
    rows = rows_of(text_of(profile, example))
    top = header_of(profile, rows)
    columns = [index for index, heading in enumerate(rows[top]) if profile.is_about_people(heading)]
    names = {
        cells[index] for cells in rows[top + 1 :] for index in columns if index < len(cells) and len(cells[index]) > 5
    }
    shown = json.dumps(
        [[answer.detail, answer.told, answer.where] for answer in example_answers(profile.name, example.file).values()]
    )

    assert [name for name in names if name in shown] == []
