"""``gonogo init``: Start a program: nine questions, and a drafted binding for each recognized file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gonogo.cli.output import tell, warn


@click.command(name="init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--customer", help="Customer agency.")
@click.option("--provider", help="Shared service provider.")
@click.option("--release", metavar="ID", help="Id of the release, such as R1.")
@click.option("--go-live", metavar="INSTANT", help="When it is switched on: 2027-05-03T06:00, local time.")
@click.option("--time-zone", metavar="ZONE", help="IANA time zone, such as America/New_York.")
@click.option("--evidence", metavar="FOLDER", help="Folder of the evidence, inside FOLDER.  [default: evidence]")
@click.option(
    "--ruleset", metavar="REF", help="Ruleset to copy: shipped, name@version, or path.  [default: m3-baseline]"
)
@click.option("--build", metavar="ID", help="Build that is released, as test reports name it: REL-4.2.118.")
@click.option("--people", metavar="FILE", help="Who is who: people.yaml, or one customer.program_manager=Name a line.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the defaults for what is not given.")
def command(
    folder: Path,
    customer: str | None,
    provider: str | None,
    release: str | None,
    go_live: str | None,
    time_zone: str | None,
    evidence: str | None,
    ruleset: str | None,
    build: str | None,
    people: str | None,
    yes: bool,
) -> int:
    """Start a program in FOLDER: nine questions, then a commented gonogo.yaml with a binding for each recognized file.

    Files are recognized by their content. It only proposes: nothing is read by a binding before a person has confirmed
    it, and what only people know is listed by who is asked. Nothing that is there already is overwritten.

    On a terminal it asks for what is not given; elsewhere customer, provider, release, go-live and zone are needed.

    \b
    Example: gonogo init our-program --customer NIWA --provider CFSC --release R1
    and: --go-live 2027-05-03T06:00 --time-zone America/New_York --people who.txt --yes
    """
    from gonogo.first_week.interview import conduct
    from gonogo.first_week.starting import refuse_taken, start

    refuse_taken(folder)
    watched = not yes and sys.stdin is not None and sys.stdin.isatty()
    answers = conduct(
        folder,
        {
            "customer": customer,
            "provider": provider,
            "release": release,
            "go_live": go_live,
            "time_zone": time_zone,
            "evidence": evidence,
            "ruleset": ruleset,
            "build": build,
            "people": people,
        },
        ask=_ask if watched else None,
        tell=warn,
    )
    started = start(folder, answers)
    for line in started.lines():
        tell(line)
    if watched and any(each.active for each in started.proposals):
        from gonogo.first_week.adding.added import add

        if _ask("Go through the bindings now, and confirm what is right? yes or later", "later").lower() in (
            "y",
            "yes",
        ):
            for line in add(folder, (), confirm=True, ask=_ask, tell=warn):
                tell(line)
    return 0


def _ask(question: str, default: str) -> str:
    answer: str = click.prompt(question, default=default, show_default=bool(default), err=True)
    return answer
