"""The rows of a draft that count by what they are about, so that figures and examples say which rows they are of."""

from __future__ import annotations

from dataclasses import replace

from gonogo.collectors.rows.row_subject import folded
from gonogo.first_week.drafts.drafted_settings import subjects_that_count
from gonogo.first_week.drafts.table_draft import TableDraft
from gonogo.first_week.prose import plain


def counting_rows(draft: TableDraft) -> tuple[str, TableDraft | None]:
    """Return which rows count, in words, and the draft with those rows alone.

    There are no words where every row counts, and no draft where the program, and not the draft, says which ones do.
    """
    mapping = draft.mapping
    grid, words, whose = mapping.grid, [], []
    kept = list(range(len(grid.rows)))
    for name, subject in subjects_that_count(draft, guessed=True):
        heading = plain(mapping.columns[name].heading, most=60)
        counts = subject.get("counts", ())
        if not counts:
            whose.append(f"whose {heading} is that of the program")
            continue
        wanted, index = {folded(each) for each in counts}, mapping.columns[name].index
        kept = [at for at in kept if folded(str(grid.rows[at][index])) in wanted]
        words.append(f"whose {heading} is {' or '.join(plain(each, most=40) for each in counts)}")
    if whose:
        return f"only rows {' and '.join([*words, *whose])}", None
    if not words:
        return "", draft
    of = f"{len(kept)} of {len(grid.rows)}"
    alone = replace(grid, rows=[grid.rows[at] for at in kept], lines=[grid.row_number(at) for at in kept])
    counted = replace(draft, mapping=replace(mapping, grid=alone))
    return f"only rows {' and '.join(words)}, {of}", counted
