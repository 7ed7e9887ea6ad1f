"""Asking GitHub, by the leave that a workflow gives."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class PullRequest:
    """Where to comment, and by whose leave."""

    api: str
    repository: str
    number: int
    token: str
    commit: str = ""  # what is checked


class PublishingError(Exception):
    """GitHub refused, or does not answer."""


def pull_request(environment: Mapping[str, str]) -> PullRequest | None:
    """Read from a workflow's environment which pull request it runs for; None if for none."""
    repository = environment.get("GITHUB_REPOSITORY", "")
    token = environment.get("GITHUB_TOKEN", "")
    event = environment.get("GITHUB_EVENT_PATH", "")
    if not (token and event and re.fullmatch(r"[\w.-]+/[\w.-]+", repository)):
        return None
    try:
        told: object = json.loads(Path(event).read_bytes())
    except (OSError, ValueError):
        return None
    part = _part(told, "pull_request")
    number = part.get("number")
    commit = _part(part, "head").get("sha")
    if not isinstance(number, int):
        return None
    api = environment.get("GITHUB_API_URL", "https://api.github.com")
    return PullRequest(api, repository, number, token, str(commit or ""))


def _part(value: object, name: str) -> Mapping[str, object]:
    """A part of an event that is an object; an empty one if there is none."""
    found = cast("dict[str, object]", value).get(name) if isinstance(value, dict) else None
    return cast("dict[str, object]", found) if isinstance(found, dict) else {}


def call(
    request: PullRequest, method: str, where: str, payload: Mapping[str, object] | None = None
) -> object:
    """Ask GitHub, and give what it answers; `where`: the path below the repository.

    Raises:
        PublishingError: GitHub refused, or does not answer.
    """
    url = f"{request.api.rstrip('/')}/repos/{request.repository}/{where}"
    if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise PublishingError(f"{request.api} is no address of an API")
    asked = urllib.request.Request(  # noqa: S310 (the scheme was looked at)
        url,
        data=json.dumps(payload).encode() if payload is not None else None,
        method=method,
        headers={
            "Authorization": f"Bearer {request.token}",
            "Accept": "application/vnd.github+json",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    try:
        with urllib.request.urlopen(asked, timeout=_TIMEOUT) as answer:  # noqa: S310 (as above)
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        message = f"GitHub answered {error.code} to {method} {where.partition('?')[0]}"
        raise PublishingError(message) from error
    except (OSError, ValueError) as error:
        raise PublishingError(f"GitHub does not answer: {error}") from error
