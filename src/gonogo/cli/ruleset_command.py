"""``gonogo ruleset``: Show a ruleset with its layers, compare two, and look after a program's copy."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.group(name="ruleset")
def command() -> None:
    """Show a ruleset with its layers, compare two, and look after a program's own copy.

    \b
    Example: gonogo ruleset show m3-baseline
    """


@command.command(name="show", short_help="Show a ruleset with its layers, and where each value comes from.")
@click.argument("rules", metavar="RULESET")
@click.option("--overlay", "overlays", multiple=True, type=click.Path(path_type=Path), help="Overlay to lay on top.")
def show(rules: str, overlays: tuple[Path, ...]) -> int:
    """Show RULESET with its layers, value by value, each with the layer and the place that it comes from.

    RULESET is a name, a folder, an overlay that extends a ruleset, or a program's folder.

    \b
    Example: gonogo ruleset show m3-baseline
    """
    from gonogo.ruleset.provenance import merged_lines
    from gonogo.workflow.named_rules import rules_named

    for line in merged_lines(rules_named(rules, overlays)):
        tell(line)
    return 0


@command.command(name="diff", short_help="Say what one ruleset asks that another does not, at each milestone.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
def diff(before: str, after: str) -> int:
    """Say what B asks that A does not: stricter, looser, new and gone, at each milestone.

    A and B are names, folders, overlays that extend a ruleset, or programs' folders.

    \b
    Example: gonogo ruleset diff m3-baseline our-program
    """
    from gonogo.workflow.named_rules import difference_lines, rules_named

    for line in difference_lines(rules_named(before), rules_named(after)):
        tell(line)
    return 0


@command.command(name="upgrade", short_help="Show what a newer ruleset would change; replace with --yes.")
@click.argument("program", type=click.Path(path_type=Path))
@click.option(
    "--to", metavar="REF", help="Another ruleset than the shipped one of the same name: name@version or path."
)
@click.option("--yes", is_flag=True, help="Replace the copy after the difference has been shown.")
@click.option("--discard-edits", is_flag=True, help="With --yes: replace it even if it was edited in this program.")
def upgrade(program: Path, to: str | None, yes: bool, discard_edits: bool) -> int:
    """Show in words what a newer ruleset would change for PROGRAM; replace the program's copy only with --yes.

    \b
    Example: gonogo ruleset upgrade our-program
    """
    from gonogo.first_week.upgrading import look_up, replace_copy

    found = look_up(program, to=to)
    for line in found.lines():
        tell(line)
    if found.difference.same and not found.edited:
        return 0
    if not yes:
        tell("Nothing was replaced; --yes replaces the program's copy.")
        return 0
    replace_copy(found, discard_edits=discard_edits)
    tell(f"{found.difference.after} is the program's ruleset now.")
    return 0


@command.command(name="thresholds", short_help="Make an overlay of a spreadsheet of thresholds.")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--ruleset", "rules", required=True, metavar="RULESET", help="The rules that it is laid on.")
@click.option("-o", "target", type=click.Path(path_type=Path), help="The overlay file; FILE with .yaml unless given.")
def thresholds(source: Path, rules: str, target: Path | None) -> int:
    """Write the overlay that a spreadsheet of thresholds asks for: never a ruleset, and nothing over an existing file.

    FILE is CSV or XLSX with the columns criterion, parameter, milestone (blank: every milestone), value and reason.
    RULESET is a name, a folder, an overlay that extends a ruleset, or a program's folder. What loosens a floor is
    refused; what changes is said in words.

    \b
    Example: gonogo ruleset thresholds thresholds.xlsx --ruleset m3-baseline -o thresholds.yaml
    """
    from gonogo.first_week.threshold_overlay import write_thresholds
    from gonogo.workflow.named_rules import difference_lines, extended_by, rules_named

    path = target or source.with_suffix(".yaml")
    base = rules_named(rules)
    made = write_thresholds(source, lambda laid: rules_named(rules, laid), path, extends=extended_by(rules, path))
    if not made.text:
        tell("The rules have all of these values already; no overlay was written.")
        return 0
    for line in difference_lines(base, rules_named(rules, (path,))):
        tell(line)
    parameters = "1 parameter" if made.changed == 1 else f"{made.changed} parameters"
    others = "1 other is" if made.same == 1 else f"{made.same} others are"
    tell(f"{path} changes {parameters}; {others} so already.")
    tell(f"Next: name {path} last in `overlays:` of gonogo.yaml, by its path from there.")
    return 0
