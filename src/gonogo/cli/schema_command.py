"""``gonogo schema``: Print JSON Schemas, for editors and for programs that read `-o json`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gonogo.cli.output import emit, tell
from gonogo.errors import UsageError


@click.command(name="schema")
@click.argument("name", required=False)
@click.option("--all", "folder", type=click.Path(path_type=Path, file_okay=False), help="Write every schema here.")
def command(name: str | None, folder: Path | None) -> int:
    """Print the JSON Schema of the document NAME; without NAME list the documents. `report` is what `-o json` writes.

    \b
    Example: gonogo schema gonogo.yaml > gonogo.schema.json
    """
    from gonogo.program.schema import schemas
    from gonogo.report.report_schema import report_schema

    known = {**schemas(), "report": report_schema()}
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for each, schema in known.items():
                (folder / f"{each}.schema.json").write_text(_text(schema), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"The schemas cannot be written to {folder}: {error.strerror}.") from error
        return 0
    if name is None:
        tell("\n".join(known))
        return 0
    if name not in known:
        raise UsageError(f"There is no document {name!r}.", hint=f"Documents: {', '.join(known)}.")
    emit(_text(known[name]).encode())
    return 0


def _text(schema: object) -> str:
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"
