"""The three kinds of events, with their facets still unread.

A dataset that could not be read is None, so that the others keep their places.
"""

from __future__ import annotations

from msgspec import field

from ingest.openlineage.wire.parts import NOTHING, Facets, Schemas, Strict


class Run(Strict):
    """The run of an event."""

    run_id: str
    facets: Facets = field(default_factory=Facets)


class Job(Strict):
    """The job of an event."""

    namespace: str
    name: str
    facets: Facets = field(default_factory=Facets)


class Dataset(Strict):
    """A dataset of its own event."""

    namespace: str
    name: str
    facets: Facets = field(default_factory=Facets)


class InputDataset(Strict):
    """A dataset that is read."""

    namespace: str
    name: str
    facets: Facets = field(default_factory=Facets)
    input_facets: Facets = field(default_factory=Facets)


class OutputDataset(Strict):
    """A dataset that is written."""

    namespace: str
    name: str
    facets: Facets = field(default_factory=Facets)
    output_facets: Facets = field(default_factory=Facets)


class RunEvent(Strict):
    """A report on a run."""

    event_time: str
    run: Run
    job: Job
    producer: str = ""
    event_type: str = ""
    inputs: tuple[InputDataset | None, ...] = ()
    outputs: tuple[OutputDataset | None, ...] = ()
    schema_url: Schemas = field(name="schemaURL", default=NOTHING)


class JobEvent(Strict):
    """The design of a job."""

    event_time: str
    job: Job
    producer: str = ""
    inputs: tuple[InputDataset | None, ...] = ()
    outputs: tuple[OutputDataset | None, ...] = ()
    schema_url: Schemas = field(name="schemaURL", default=NOTHING)


class DatasetEvent(Strict):
    """The design of a dataset."""

    event_time: str
    dataset: Dataset
    producer: str = ""
    schema_url: Schemas = field(name="schemaURL", default=NOTHING)
