"""The shapes that recur on Airflow: a DAG, a task with SQL, a task that starts another tool."""

from __future__ import annotations

from ingest.demo.company import platforms
from ingest.demo.model import Job, Name, Revision, Team, Tool


def dag(
    name: str,
    description: str,
    owner: Team,
    *groups: tuple[Job, ...],
    criticality: str | None = None,
) -> Job:
    """Give a DAG that runs its groups of tasks one after the other."""
    return Job(
        at=Name(platforms.AIRFLOW, name),
        tool=Tool.AIRFLOW,
        type="DAG",
        description=description,
        owner=owner,
        path=f"dags/{name}.py",
        steps=groups,
        criticality=criticality,
    )


def task(name: str, description: str, owner: Team, *revisions: Revision, minutes: float = 4) -> Job:
    """Give a task that moves data itself; its name is `dag.task`."""
    return Job(
        at=Name(platforms.AIRFLOW, name),
        tool=Tool.AIRFLOW,
        type="TASK",
        description=description,
        owner=owner,
        path=f"dags/{name.split('.', maxsplit=1)[0]}.py",
        revisions=revisions,
        minutes=minutes,
    )


def launch(name: str, job: Job) -> Job:
    """Give a task that starts a job of another tool and waits for it."""
    return Job(
        at=Name(platforms.AIRFLOW, name),
        tool=Tool.AIRFLOW,
        type="TASK",
        description=f"Starts {job.at.name}.",
        owner=job.owner,
        path=f"dags/{name.split('.', maxsplit=1)[0]}.py",
        steps=((job,),),
    )
