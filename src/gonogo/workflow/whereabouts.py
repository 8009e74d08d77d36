"""Who runs gonogo and where, read from the operating system and from the variables of a pipeline service.

The variables are those that each service documents: GitHub Actions, GitLab CI, Azure Pipelines, Jenkins. Only names and
the address of the job are read; never a token, and nothing of a person but the account's name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from gonogo.model.run_by import RunBy

try:
    import pwd
except ImportError:  # Windows
    pwd = None  # type: ignore[assignment]

_LONGEST: Final = 300
_UNSEEN: Final = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def declared_by(environment: Mapping[str, str]) -> RunBy | None:
    """Return who runs gonogo and where; None where nothing says it."""
    found = {"account": _account(environment), "host": _host(), **_pipeline(environment)}
    declared = {name: text for name, value in found.items() if (text := _plain(value))}
    return RunBy.model_validate(declared) if declared else None


def _pipeline(env: Mapping[str, str]) -> dict[str, str]:
    if env.get("GITHUB_ACTIONS") == "true":
        place = "/".join(("actions/runs", env["GITHUB_RUN_ID"])) if env.get("GITHUB_RUN_ID") else ""
        server, repository = env.get("GITHUB_SERVER_URL", ""), env.get("GITHUB_REPOSITORY", "")
        again = f"/attempts/{env['GITHUB_RUN_ATTEMPT']}" if place and env.get("GITHUB_RUN_ATTEMPT") else ""
        whole = f"{server}/{repository}/{place}{again}" if server and repository and place else ""
        return {
            "ci": "GitHub Actions",
            "job": _joined(env, "GITHUB_WORKFLOW", "GITHUB_JOB"),
            "address": address(whole),
        }
    if env.get("GITLAB_CI") == "true":
        return {
            "ci": "GitLab CI",
            "job": _joined(env, "CI_PROJECT_PATH", "CI_JOB_NAME"),
            "address": address(env.get("CI_JOB_URL", "")),
        }
    if env.get("TF_BUILD", "").lower() == "true":
        return {
            "ci": "Azure Pipelines",
            "job": _joined(env, "BUILD_DEFINITIONNAME", "SYSTEM_JOBDISPLAYNAME"),
            "address": _azure(env),
        }
    if env.get("JENKINS_URL") or env.get("BUILD_TAG", "").startswith("jenkins-"):
        return {
            "ci": "Jenkins",
            "job": _joined(env, "JOB_NAME", "BUILD_NUMBER"),
            "address": address(env.get("BUILD_URL", "")),
        }
    return {}


def _azure(env: Mapping[str, str]) -> str:
    """Azure has no address without a query; only the number of the build goes into it."""
    server = env.get("SYSTEM_COLLECTIONURI") or env.get("SYSTEM_TEAMFOUNDATIONSERVERURI", "")
    project, build = env.get("SYSTEM_TEAMPROJECT", ""), env.get("BUILD_BUILDID", "")
    if not (server and project and build.isascii() and build.isdigit()):
        return ""
    place = address(f"{server.rstrip('/')}/{quote(project)}/_build/results")
    return f"{place}?buildId={build}" if place else ""


def address(text: str) -> str:
    """Return an http or https address without user, password, query and fragment; empty for anything else."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{host}:{port}" if port else host, parts.path, "", ""))


def _joined(env: Mapping[str, str], *names: str) -> str:
    return " / ".join(env[name] for name in names if env.get(name))


def _account(env: Mapping[str, str]) -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except (AttributeError, KeyError, OSError):  # Windows, or a container whose user has no name
        return env.get("LOGNAME") or env.get("USER") or env.get("USERNAME") or ""


def _host() -> str:
    try:
        return os.uname().nodename
    except AttributeError:  # Windows
        return os.environ.get("COMPUTERNAME", "")


def _plain(text: str) -> str:
    return _UNSEEN.sub("", text).strip()[:_LONGEST].strip()
