"""Write the pipeline templates: one job script, in the form of each runner, with the same inputs.

`python tools/pipelines.py FOLDER` writes the files below FOLDER; `make docs` writes them in place.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import yaml

ROOT: Final = Path(__file__).resolve().parents[1]
SCRIPT: Final = ROOT / "pipelines/job.sh"
NOTE: Final = "# Written by `make docs` from pipelines/job.sh and tools/pipelines.py. Do not edit.\n"


class Input(NamedTuple):
    """One input of a template: its name, the script's variable, its default, what it is."""

    name: str
    variable: str
    default: str
    what: str


INPUTS: Final = (
    Input("job", "JOB", "", "deposit, progress, decide or deploy"),
    Input("program", "PROGRAM", ".", "Folder with gonogo.yaml"),
    Input("program-id", "PROGRAM_ID", "", "Id of the program that is deployed; that of the trust file by default"),
    Input("release", "RELEASE", "", "Release; needed where the program has several"),
    Input("bundles", "BUNDLES", "", "Evidence bundles of other jobs, with blanks between"),
    Input("bundle", "BUNDLE", "", "deposit: bundle to write"),
    Input("only", "ONLY", "", "deposit: bindings to collect, with blanks between; all by default"),
    Input("record", "RECORD", "", "Archive of the record so far, from `gonogo log export`"),
    Input("new-record", "NEW_RECORD", "", "progress, decide: archive of the record to hand on"),
    Input("first-run", "FIRST_RUN", "false", "true once: this program has no record yet"),
    Input("reports", "REPORTS", "", "progress, decide: reports to write, FORMAT:FILE with blanks between"),
    Input("statement", "STATEMENT", "", "File of the signed decision: written by decide, read by deploy"),
    Input("trust", "TRUST", "", "deploy: trust file, from a place that only those who may deploy can change"),
    Input("require", "REQUIRE", "go", "deploy: go or conditional"),
    Input("subject", "SUBJECT", "", "deploy: digest of what is deployed"),
    Input("commit", "COMMIT", "", "deploy: commit that is deployed"),
    Input("environment", "ENVIRONMENT", "", "deploy: where it is deployed to"),
    Input("nonce", "NONCE", "", "decide, deploy: a text of this pipeline run, the same in both"),
    Input("witness", "WITNESS", "", "deploy: checkpoint that a witness keeps"),
    Input("checkpoint", "CHECKPOINT", "", "deploy: checkpoint that somebody kept"),
    Input("max-age", "MAX_AGE", "24h", "deploy: so old may the decision be"),
    Input("limit", "LIMIT", "900", "Seconds that one call of gonogo may take"),
)


def github() -> str:
    """Return the composite action: one step, so that no input can skip it."""
    inputs = {
        each.name: {
            "description": each.what,
            **({"default": each.default} if each.name != "job" else {"required": True}),
        }
        for each in INPUTS
    }
    step = {
        "id": "gonogo",
        "shell": "bash",
        "env": {each.variable: f"${{{{ inputs.{each.name} }}}}" for each in INPUTS},
        "run": SCRIPT.read_text(),
    }
    return _dumped(
        {
            "name": "gonogo",
            "description": "The go-live readiness gate: deposit evidence, look each day, decide, and stop a deployment",
            "inputs": inputs,
            "outputs": {
                "verdict": {
                    "description": "GO, CONDITIONAL GO, NO-GO, REFUSED, or BROKEN where nobody can tell",
                    "value": "${{ steps.gonogo.outputs.verdict }}",
                },
                "bundle": {"description": "deposit: the bundle", "value": "${{ steps.gonogo.outputs.bundle }}"},
            },
            "runs": {"using": "composite", "steps": [step]},
        }
    )


KEPT = {"new-record": "gonogo-record.zip", "statement": "gonogo-decision.json", "bundle": "gonogo-bundle.zip"}
"""Inputs whose files a GitLab job keeps, and their defaults. An empty path would keep the whole project folder."""
SHOWN = {"junit": "gonogo.junit.xml", "codequality": "gonogo.codequality.json"}
"""Reports that GitLab shows in a merge request; a job that writes none keeps none."""
REPORTS = f"junit:{SHOWN['junit']} gitlab:{SHOWN['codequality']}"


def gitlab() -> str:
    """Return the component: a job for each call, that fails on whatever is no approval."""
    named = [each for each in INPUTS if each.name != "job"]
    spec = {
        "spec": {
            "inputs": {
                "job": {"description": INPUTS[0].what, "options": ["deposit", "progress", "decide", "deploy"]},
                "stage": {"default": "test", "description": "Stage of the job"},
                **{
                    each.name: {
                        "default": {**KEPT, "reports": REPORTS}.get(each.name, each.default),
                        "description": each.what,
                        **({"regex": "^.*[^./ ].*$"} if each.name in KEPT else {}),
                    }
                    for each in named
                },
            }
        }
    }
    job = {
        "gonogo-$[[ inputs.job ]]": {
            "stage": "$[[ inputs.stage ]]",
            "variables": {each.variable: f"$[[ inputs.{each.name} ]]" for each in INPUTS},
            "script": [SCRIPT.read_text()],
            "artifacts": {
                "when": "always",
                "paths": ["gonogo-job.txt", *(f"$[[ inputs.{name} ]]" for name in KEPT)],
                "reports": {"dotenv": "gonogo.env", **SHOWN},
            },
        }
    }
    return f"{_dumped(spec)}---\n{_dumped(job).removeprefix(NOTE)}"


def azure() -> str:
    """Return the steps template."""
    return _dumped(
        {
            "parameters": [
                {
                    "name": each.variable.lower(),
                    "type": "string",
                    **({} if each.name == "job" else {"default": each.default}),
                }
                for each in INPUTS
            ],
            "steps": [
                {
                    "bash": SCRIPT.read_text(),
                    "name": "gonogo",
                    "displayName": "gonogo ${{ parameters.job }}",
                    "env": {each.variable: f"${{{{ parameters.{each.variable.lower()} }}}}" for each in INPUTS},
                }
            ],
        }
    )


FILES: Final = {"action.yml": github, "pipelines/gitlab/gonogo.yml": gitlab, "pipelines/azure/gonogo.yml": azure}
"""Every template and what writes it."""


class _Dumper(yaml.SafeDumper):
    """Scripts in block form."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _dumped(document: object) -> str:
    return NOTE + yaml.dump(document, Dumper=_Dumper, sort_keys=False, width=1000, allow_unicode=True)


def written(folder: Path) -> Iterator[Path]:
    """Write every template below a folder; iterate the files."""
    for name, make in FILES.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(make(), encoding="utf-8")
        yield target


if __name__ == "__main__":
    list(written(Path(sys.argv[1])))
