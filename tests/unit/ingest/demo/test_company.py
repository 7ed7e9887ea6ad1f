"""The company as it is declared: names, columns and lineage agree with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ingest.demo.company.meridian_air import MERIDIAN_AIR
from ingest.demo.company.sources import booking, operations, service
from ingest.demo.company.warehouse.feeds import FX_FEED
from ingest.demo.model import Dataset, Job, Revision, Tool

LAST_DAY = 29
SOURCES = {*booking.DATASETS, *operations.DATASETS, *service.DATASETS, FX_FEED}


def code() -> Iterator[tuple[Job, Revision]]:
    return ((job, revision) for job in MERIDIAN_AIR.jobs() for revision in job.revisions)


def columns(dataset: Dataset, day: int) -> set[str]:
    return {column.name for column in dataset.columns_on(day)}


def test_the_company_is_as_large_as_promised() -> None:
    writing = {job.at for job, revision in code() if revision.output}
    marked = [job for job in MERIDIAN_AIR.jobs() if job.consumer]

    assert 55 <= len(MERIDIAN_AIR.datasets) <= 65
    assert 475 <= sum(len(it.columns_on(LAST_DAY)) for it in MERIDIAN_AIR.datasets) <= 525
    assert 36 <= len(writing) <= 44
    assert Counter(job.consumer for job in marked) == {"dashboard": 7, "report": 2, "agent": 1}
    assert {job.tool for job in MERIDIAN_AIR.jobs()} == set(Tool)


def test_no_two_things_have_one_name() -> None:
    names = [*(it.at for it in MERIDIAN_AIR.datasets), *(job.at for job in MERIDIAN_AIR.jobs())]

    assert Counter(names).most_common(1)[0][1] == 1


def test_every_dataset_is_written_by_a_job_or_is_a_source() -> None:
    written = {revision.output for _, revision in code() if revision.output}

    assert written | SOURCES == set(MERIDIAN_AIR.datasets)
    assert not written & SOURCES


def test_lineage_names_columns_that_exist_when_the_code_runs() -> None:
    for job, revision in code():
        for it in revision.derivations:
            if revision.output and it.target != "*":
                assert it.target in columns(revision.output, revision.since), job.at
            for source in it.sources:
                assert source.column in columns(source.dataset, revision.since), job.at
                assert source.dataset in revision.inputs, job.at


def test_every_column_of_a_derived_table_has_a_source_or_counts_or_tells_the_time() -> None:
    without = {
        (revision.output.at.name, column)
        for _, revision in code()
        if revision.output and revision.derivations
        for column in columns(revision.output, revision.since)
        - {it.target for it in revision.derivations}
    }

    assert {name for name in without if name[1] != "_LOADED_AT"} == {
        ("ANALYTICS.MARTS.PUNCTUALITY_DAILY", "FLIGHTS"),
        ("ANALYTICS.MARTS.BAGGAGE_DAILY", "BAGS"),
        ("ANALYTICS.ML.NO_SHOW_SCORES", "SCORED_AT"),
        ("no_show/model", "version"),
        ("policy/documents.parquet", "policy_area"),
    }


def test_every_thing_has_an_owner_and_a_description() -> None:
    for thing in (*MERIDIAN_AIR.datasets, *MERIDIAN_AIR.jobs()):
        assert thing.description.endswith((".", "?")), thing.at
        assert thing.owner.name.startswith("team:")
