"""The collector that reads the source systems' own catalogs: schemas, owners, tags."""

from __future__ import annotations

from datetime import datetime

from openlineage.client.event_v2 import DatasetEvent, StaticDataset

from ingest.demo.model import Dataset
from ingest.demo.producers import datasets, runs

PRODUCER = "https://git.meridian-air.example/data/metadata-collector/tree/1.4.0"


def describe(dataset: Dataset, day: int, at: datetime) -> DatasetEvent:
    """Give what the source system says of a dataset on a day."""
    facets = {
        **datasets.located(dataset, PRODUCER),
        **datasets.described(dataset, PRODUCER),
        **datasets.schema(dataset, day, PRODUCER),
    }
    return DatasetEvent(
        eventTime=runs.iso(at),
        producer=PRODUCER,
        dataset=StaticDataset(dataset.at.namespace, dataset.at.name, facets=facets),
    )
