"""Keys: one short property that is unique for its label, whatever the names in it.

A key is the hash of a canonical list, since an index of the server takes no long text, and names
come from outside.
"""

from __future__ import annotations

from catalog.model.claim import Witness
from catalog.model.reading import SqlOf
from catalog.model.thing import ThingSlot
from catalog.stores.codec import dump, hash_of, thing_to_json
from ingest.flows import End, end_order
from ingest.names import ColumnName, DatasetName, JobName, RunKey


def end_key(end: End) -> str:
    """Give the key of an end; of a job it is its key as a thing."""
    return hash_of(dump(end_order(end)))


def thing_key(thing: DatasetName | JobName | RunKey) -> str:
    """Give the key of a dataset, a job or a run."""
    return hash_of(dump(thing_to_json(thing)))


def witness_key(witness: Witness) -> str:
    """Give the key of a run, of its SQL, or of the record that declares something."""
    if isinstance(witness, RunKey):
        return thing_key(witness)
    if isinstance(witness, SqlOf):
        return hash_of(dump(["sql", *thing_to_json(witness.run)]))
    return hash_of(dump(["record", witness]))


def slot_key(slot: ThingSlot) -> str:
    """Give the key of a saying about a thing."""
    return hash_of(dump([*thing_to_json(slot.thing), slot.producer, slot.key]))


def name_key(thing: DatasetName | JobName | ColumnName) -> str:
    """Give the key of a name, shared by all things of one sort that are called so."""
    match thing:
        case DatasetName(_, name):
            return hash_of(dump(["dataset", name]))
        case JobName(_, name):
            return hash_of(dump(["job", name]))
        case ColumnName(_, path):
            return hash_of(dump(["column", *path]))
