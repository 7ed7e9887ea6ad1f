"""The shapes that recur on Spark: an action that writes, the application that it is part of."""

from __future__ import annotations

from ingest.demo.company import platforms
from ingest.demo.model import Job, Name, Revision, Team, Tool


def action(name: str, description: str, owner: Team, *revisions: Revision) -> Job:
    """Give what an application writes; its name is `application.command.target`."""
    return _spark(name, "SQL_JOB", description, owner, *revisions)


def application(name: str, description: str, owner: Team, does: Job) -> Job:
    """Give an application of one action."""
    return _spark(name, "APPLICATION", description, owner, Revision(), steps=((does,),))


def _spark(
    name: str,
    type_: str,
    description: str,
    owner: Team,
    *revisions: Revision,
    steps: tuple[tuple[Job, ...], ...] = (),
) -> Job:
    return Job(
        at=Name(platforms.SPARK, name),
        tool=Tool.SPARK,
        type=type_,
        description=description,
        owner=owner,
        path=f"spark/{name.split('.', maxsplit=1)[0]}.py",
        revisions=revisions,
        steps=steps,
        minutes=12,
    )
