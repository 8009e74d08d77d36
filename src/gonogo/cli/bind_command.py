"""``gonogo bind``: Read the binding workbook back into the program, or write it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gonogo.cli.output import read_moment, tell
from gonogo.errors import UsageError


@click.command(name="bind")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--make", is_flag=True, help="Write the workbook for every binding that nobody has confirmed.")
@click.option("--again", metavar="BINDING", multiple=True, help="With --make: the sheet of one that was confirmed.")
@click.option(
    "--program", type=click.Path(path_type=Path), metavar="DIR", help="The program.  [default: the workbook's folder]"
)
@click.option(
    "--as-of", metavar="INSTANT", callback=read_moment, help="What counts as now, e.g. 2027-04-19T12:00-04:00."
)
def command(workbook: Path, make: bool, again: tuple[str, ...], program: Path | None, as_of: datetime | None) -> int:
    """Take the answers of WORKBOOK into gonogo.yaml: what carries a name is bound and confirmed, the rest waits.

    With --make the workbook is written: a sheet a file, with drop-downs for which column says what and what each word
    means. An existing file is never overwritten. The program file before is kept.

    A binding that was confirmed is corrected by its sheet: --make --again BINDING writes it with the answers that
    stand. Until it is read back with a name and a reason nothing changes; you are told each figure before and after.

    \b
    Example: gonogo bind our-program/bindings.xlsx --make
    and, once it is filled in: gonogo bind our-program/bindings.xlsx
    To correct one: gonogo bind our-program/correction.xlsx --make --again interfaces
    """
    from gonogo.documents.whole_files import replace_file
    from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
    from gonogo.first_week.prose import counted

    if again and not make:
        raise UsageError("--again is for --make.", hint="a sheet that was made so is read back without it")
    folder = program if program is not None else workbook.parent
    if not make:
        for line in bind(workbook, folder, as_of):
            tell(line)
        return 0
    if workbook.suffix.lower() != ".xlsx":
        raise UsageError(f"{workbook} is not named as a workbook.", hint=f"for example {workbook.with_suffix('.xlsx')}")
    if workbook.exists():
        raise UsageError(f"{workbook} already exists, and somebody may have filled it in.", hint="write another file")
    data, files = make_workbook_of(folder, as_of, again=again)
    replace_file(workbook, data)
    what = f"{counted(files, 'sheet')}, one a binding" if files else "one sheet, of files that nothing reads"
    tell(f"{workbook}: {what}. Fill it in, then: gonogo bind {workbook}")
    return 0
