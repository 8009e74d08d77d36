"""What the settings of one column get wrong by themselves."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gonogo.collectors.columns.cells import shape_of
from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.columns.date_format import format_pattern
from gonogo.collectors.table.fair import turned_words
from gonogo.language.requirement import GIVEN
from gonogo.model.placeholder import has_content


def mistakes_of(column: Column) -> list[tuple[str, str]]:
    """Return what a column's settings get wrong, as pairs of the key and a sentence."""
    kind, found = column.type, []
    texts = kind in (ColumnType.TEXT, ColumnType.ID)
    dated = kind in (ColumnType.DATE, ColumnType.INSTANT)
    money = kind in (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.MONEY)
    misplaced = (
        ("allowed", bool(column.allowed) and not texts, "text and id"),
        (
            "scale",
            column.scale is not None and (not kind.numeric or kind is ColumnType.INTEGER),
            "numbers with decimals",
        ),
        ("decimal", column.decimal is not None and not kind.numeric, "numbers"),
        ("thousands", column.thousands is not None and not money, "integer, decimal and money"),
        ("symbol", column.symbol is not None and not money, "integer, decimal and money"),
        ("written", column.written is not None and kind is not ColumnType.PERCENT, "percent"),
        ("lowest", column.lowest is not None and kind is not ColumnType.PERCENT, "percent"),
        ("highest", column.highest is not None and kind is not ColumnType.PERCENT, "percent"),
        ("format", column.format is not None and not dated, "date and instant"),
        ("blank_words", bool(column.blank_words) and not (kind.numeric or dated), "numbers, date and instant"),
        ("trimmed", column.trimmed and not texts, "text and id"),
        ("numbered", column.numbered and not texts, "text and id"),
        ("known", bool(column.known) and kind is not ColumnType.TEXT, "text"),
        ("pick", bool(column.pick) and kind is not ColumnType.TEXT, "text"),
        ("also_formats", bool(column.also_formats) and not dated, "date and instant"),
        ("zone", column.zone != "written" and kind is not ColumnType.INSTANT, "instant"),
        ("unit", bool(column.unit) and not money, "integer, decimal and money"),
    )
    found += [(key, f"{key} is for columns of {whose}, not for {kind}") for key, wrong, whose in misplaced if wrong]
    if kind is ColumnType.PERCENT and column.written is None:
        found.append(
            ("written", "a percent column says how it is written: sign (93.2%), hundred (93.2) or ratio (0.932)")
        )
    if column.known and isinstance(column.allowed, tuple):
        found.append(("known", "known is for a column that takes any word: set allowed: any, or leave it out"))
    if column.sole and not column.may_be_absent:
        found.append(("sole", "a file may have several columns that it could be: set may_be_absent: true"))
    if column.thousands == (",", ".")[column.decimal is None]:
        found.append(("thousands", f"{column.thousands!r} cannot both group digits and begin the decimals"))
    if column.lowest is not None and column.highest is not None and column.lowest > column.highest:
        found.append(("highest", "highest is below lowest"))
    found += turned_words(column)
    if column.blank_words and not column.may_be_blank:
        found.append(("blank_words", "a cell that counts as blank must be one that may be: set optional: true"))
    if any(any(sign.isdigit() for sign in word) for word in column.blank_words):
        found.append(("blank_words", "a word with a digit may be a day or a number that somebody wrote"))
    if column.blank_reason is not None and column.blank is None:
        found.append(("blank_reason", "it says why a blank cell counts as blank: says, and there is no blank:"))
    elif column.blank_reason is not None and not has_content(column.blank_reason):
        found.append(("blank_reason", f"{column.blank_reason!r} does not say why a blank cell may count as good"))
    if column.given is not None and column.given.endswith(GIVEN) and not column.may_be_blank:
        found.append(("optional", "a condition asks whether it is blank, so it may be: set optional: true"))
    elif column.given is not None and not column.may_be_blank:
        found.append(("given", "a column that is never blank is always given; set optional: true"))
    if kind is ColumnType.INSTANT and column.zone not in ("written", "local") and not _is_zone(column.zone):
        found.append(("zone", f"{column.zone!r} is not written, UTC, local or the name of a time zone"))
    for key, text in (("format", column.format), *(("also_formats", each) for each in column.also_formats)):
        if text is not None and dated:
            try:
                format_pattern(text, day_only=kind is ColumnType.DATE)
            except ValueError as error:
                found.append((key, str(error)))
    blank = column.blank
    if blank is not None and column.decimal is not None:
        blank = blank.replace(column.thousands or "", "").replace(",", ".")
    if not found and blank is not None and not shape_of(column).accepts(blank, column):
        found.append(("blank", f"what a blank cell means must itself be {shape_of(column).expected}"))
    return found


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
