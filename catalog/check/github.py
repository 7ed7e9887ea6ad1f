"""On GitHub: one comment on the pull request, kept up to date, and notes in the lines of files."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from catalog.check.verdict import FailOn, fails
from catalog.model.report import Report

MARKER = "<!-- headwater check -->"
"""By which our comment is found again; nobody sees it."""

_TIMEOUT = 10.0
_PAGE = 100
_DENIED = frozenset({401, 403, 404})


@dataclass(frozen=True, slots=True)
class PullRequest:
    """Where to comment, and by whose leave."""

    api: str
    repository: str
    number: int
    token: str


class PublishingError(Exception):
    """GitHub refused, or does not answer. `denied`: there is no permission to write."""

    def __init__(self, message: str, *, denied: bool = False) -> None:
        """Tell what GitHub said."""
        super().__init__(message)
        self.denied = denied


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
    number = _number(told)
    api = environment.get("GITHUB_API_URL", "https://api.github.com")
    return PullRequest(api, repository, number, token) if number is not None else None


def _number(event: object) -> int | None:
    if not isinstance(event, dict):
        return None
    part = cast("dict[str, object]", event).get("pull_request")
    number = cast("dict[str, object]", part).get("number") if isinstance(part, dict) else None
    return number if isinstance(number, int) else None


def comment(request: PullRequest, report: Report, body: str) -> bool:
    """Write our comment, or bring it up to date; False: there was nothing to say.

    Raises:
        PublishingError: GitHub refused, or does not answer.
    """
    existing = next(_ours(request), None)
    if existing is None and not report.changes:
        return False
    payload = {"body": f"{MARKER}\n{body}"}
    if existing is None:
        _call(request, "POST", f"issues/{request.number}/comments", payload)
    else:
        _call(request, "PATCH", f"issues/comments/{existing}", payload)
    return True


def _ours(request: PullRequest) -> Iterator[int]:
    page = 1
    while True:
        where = f"issues/{request.number}/comments?per_page={_PAGE}&page={page}"
        found = _call(request, "GET", where)
        comments = cast("list[dict[str, object]]", found) if isinstance(found, list) else []
        for one in comments:
            number = one.get("id")
            if isinstance(number, int) and str(one.get("body", "")).startswith(MARKER):
                yield number
        if len(comments) < _PAGE:
            return
        page += 1


def _call(
    request: PullRequest, method: str, where: str, payload: Mapping[str, object] | None = None
) -> object:
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
        raise PublishingError(message, denied=error.code in _DENIED) from error
    except (OSError, ValueError) as error:
        raise PublishingError(f"GitHub does not answer: {error}") from error


def line_notes(report: Report, fail_on: FailOn, folder: str) -> Iterator[str]:
    """Give a workflow command for each proof: the runner shows it in the line of the file."""
    for impact in report.impacts:
        proof = impact.proof
        if proof is None or proof.file is None:
            continue
        level = "error" if fails(impact, fail_on) else "warning"
        file = f"{folder}/{proof.file}" if folder else proof.file
        title = f"{impact.name}: {impact.verdict}"
        yield (
            f"::{level} file={_property(file)},line={proof.line or 1},col={proof.column or 1},"
            f"title={_property(title)}::{_data(impact.reason)}"
        )


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
