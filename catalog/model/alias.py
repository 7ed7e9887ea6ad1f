"""Other names of a dataset, as somebody told them together."""

from __future__ import annotations

from typing import NamedTuple

from ingest.facts import Symlinks
from ingest.names import DatasetName


class Told(NamedTuple):
    """Somebody told other names of `dataset`."""

    dataset: DatasetName
    symlinks: Symlinks
