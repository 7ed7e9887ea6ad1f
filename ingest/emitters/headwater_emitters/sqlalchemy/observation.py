"""An engine, observed: its events become runs of statements."""

from __future__ import annotations

import atexit
import functools
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Protocol, Self, TypeAlias

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from headwater_emitters import events
from headwater_emitters.delivery.outbox import Outbox
from headwater_emitters.events import Dataset, Job, Json, Run
from headwater_emitters.sqlalchemy.executions import Execution, Executions
from headwater_emitters.sqlalchemy.reading import Reader, session_tables
from headwater_emitters.sqlalchemy.runs import Runs
from headwater_emitters.sqlalchemy.tables import is_autocommit

_log = logging.getLogger("headwater_emitters")

JOB_OPTION = "lineage_job"
"""The execution option that names a statement's job."""


class Delivery(Protocol):
    """What events are given to."""

    @property
    def lost(self) -> int:
        """How many events could not be kept."""
        ...

    def put(self, event: Mapping[str, Any]) -> None:
        """Keep an event until it is delivered."""
        ...

    def flush(self, wait: float | None) -> None:
        """Wait a little until the events are delivered."""
        ...


class AsyncEngine(Protocol):
    """An engine of `sqlalchemy.ext.asyncio`."""

    @property
    def sync_engine(self) -> Engine:
        """The engine that it drives."""
        ...


def observe(
    engine: Engine | AsyncEngine,
    *,
    job: str | None = None,
    namespace: str | None = None,
    config: Mapping[str, Any] | None = None,
    exit_wait: float | None = None,
    again_after: float = 3600.0,
) -> Observation:
    """Tell of every statement that an engine executes from now on.

    Where events go is OpenLineage's usual configuration: `OPENLINEAGE_URL`, `openlineage.yml`, or
    `config`, as its client takes it. The statements' runs are children of one run of `job`, which
    ends when the observation is closed, or with the process.

    Args:
        engine: an engine, of asyncio or not.
        job: what the statements belong to; the script's name if not told.
        namespace: of the job; `OPENLINEAGE_NAMESPACE`, else `default`, if not told.
        config: the configuration of OpenLineage's client.
        exit_wait: seconds to wait at the end until all is delivered. Not told: up to five for a
            server that has been answering, else nearly none; what is left is delivered by a
            process that outlives this one. Set it where that cannot be: in a container.
        again_after: seconds after which a statement that is executed again is told of again.
    """
    name = job or Path(sys.argv[0] if sys.argv else "").stem or "sqlalchemy"
    where = namespace or os.environ.get("OPENLINEAGE_NAMESPACE") or "default"
    outbox = Outbox(config, patience={})
    observation = Observation(Job(where, name), outbox, exit_wait, again_after)
    if is_configured(config, os.environ):
        observation.listen(engine if isinstance(engine, Engine) else engine.sync_engine)
    else:
        _log.warning("OPENLINEAGE_URL is not set: lineage is not sent")
    return observation


_P = ParamSpec("_P")
_Listener: TypeAlias = "Callable[Concatenate[Observation, _P], None]"


def _harmless(listener: _Listener[_P]) -> _Listener[_P]:
    """What goes wrong in here is ours alone; our own statements are not listened to."""

    @functools.wraps(listener)
    def wrapped(self: Observation, *arguments: _P.args, **more: _P.kwargs) -> None:
        if self.busy.get():
            return
        token = self.busy.set(True)
        try:
            listener(self, *arguments, **more)
        except Exception:  # noqa: BLE001 - nothing may reach the job
            _log.debug("A statement is not told of", exc_info=True)
            self.untold += 1
        finally:
            self.busy.reset(token)

    return wrapped


class Observation:
    """An engine that is observed. As a context manager it ends with its block, as failed or not.

    `untold`: executions that could not be told of.
    """

    def __init__(
        self, job: Job, outbox: Delivery, exit_wait: float | None, again_after: float
    ) -> None:
        self.untold = 0
        self.busy: ContextVar[bool] = ContextVar("busy", default=False)
        self._outbox = outbox
        self._exit_wait = exit_wait
        self._run = Run(events.new_run_id(), job)
        self._parent, root = _parents(os.environ)
        self._root = root or self._run
        self._engine: Engine | None = None
        self._lock = threading.RLock()
        self._begun = False
        self._facet = events.engine("SQLAlchemy", sqlalchemy.__version__)
        self._runs = Runs(outbox.put, self._run, self._root, self._facet, again_after)
        self._reader = Reader(job)
        self._open: dict[int, Executions] = {}
        self._listeners: dict[str, Callable[..., None]] = {
            "before_cursor_execute": self._before,
            "after_cursor_execute": self._after,
            "handle_error": self._failed,
            "begin": self._began,
            "commit": self._commits,
            "commit_twophase": self._commits,
            "rollback": self._rolled_back,
            "rollback_twophase": self._rolled_back,
            "savepoint": self._saved,
            "rollback_savepoint": self._rolled_back_to,
            "checkin": self._returned,
        }

    @property
    def lost(self) -> int:
        """How many events could not be kept for delivery."""
        return self._outbox.lost

    def listen(self, engine: Engine) -> None:
        """Observe an engine from now on."""
        self._engine = engine
        for name, listener in self._listeners.items():
            event.listen(engine, name, listener)
        atexit.register(self.close)

    def close(self, error: BaseException | None = None) -> None:
        """End the run, as failed if there is an error, and stop observing."""
        engine, self._engine = self._engine, None
        if engine is None:
            return
        for name, listener in self._listeners.items():
            event.remove(engine, name, listener)
        atexit.unregister(self.close)
        self._end(error)
        self._outbox.flush(self._exit_wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(error)

    @_harmless
    def _before(
        self, connection: Connection, _cursor: object, statement: str, *more: object
    ) -> None:
        at = events.now()
        executions = self._executions(connection)
        self._settle(executions)
        executions.running = None
        reading = self._reader.read(connection, statement)
        if not reading.is_told:
            return
        name = _option(more[1])
        shape = f"{name}:{reading.wording.shape}"
        with self._lock:
            executions.running = self._runs.known(shape, at)
        if executions.running is None:
            telling = self._reader.tell(connection, reading, executions.temporary, name)
            with self._lock:
                self._begin(at)
                executions.running = self._runs.begin(shape, telling, at)

    @_harmless
    def _after(self, connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        executions = self._executions(connection)
        reading = self._reader.read(connection, statement)
        made: tuple[Dataset, ...] = ()
        if reading.statement.defines:
            executions.temporary.update(session_tables(reading.statement))
            self._reader.forget()
        run, executions.running = executions.running, None
        if run is None:
            return
        if reading.statement.defines and reading.is_told:
            made = self._reader.made(connection, reading, executions.temporary)
        if reading.only_reads or is_autocommit(connection):
            with self._lock:
                self._runs.complete(run, events.now(), made)
        else:
            executions.add(Execution(run, made))

    @_harmless
    def _failed(self, context: ExceptionContext) -> None:
        connection = context.connection
        if connection is None:
            return
        executions = self._executions(connection)
        message = _kind(context.original_exception)
        failed = [one.run for one in executions.settled()]
        run, executions.running = executions.running, None
        if run is not None:
            failed.append(run)
        at = events.now()
        with self._lock:
            for run in failed:
                self._runs.fail(run, at, message)
        if context.is_disconnect:
            self._abort(executions.undone())

    @_harmless
    def _began(self, connection: Connection) -> None:
        self._settle(self._executions(connection))

    @_harmless
    def _commits(self, connection: Connection, *_: object) -> None:
        executions = self._executions(connection)
        self._settle(executions)
        executions.commit(events.now())

    @_harmless
    def _rolled_back(self, connection: Connection, *_: object) -> None:
        executions = self._executions(connection)
        self._settle(executions)
        self._abort(executions.undone())

    @_harmless
    def _saved(self, connection: Connection, name: str | None) -> None:
        executions = self._executions(connection)
        self._settle(executions)
        executions.save(name or _next_savepoint(connection))

    @_harmless
    def _rolled_back_to(self, connection: Connection, name: str, *_: object) -> None:
        self._abort(self._executions(connection).undone(name))

    @_harmless
    def _returned(self, _: object, record: ConnectionPoolEntry) -> None:
        executions = record.info.get(id(self))
        if isinstance(executions, Executions):
            self._settle(executions)

    def _executions(self, connection: Connection) -> Executions:
        found = connection.info.get(id(self))
        if not isinstance(found, Executions):
            found = connection.info[id(self)] = Executions()
        self._open[id(found)] = found
        return found

    def _settle(self, executions: Executions) -> None:
        """Nothing was said against the last commit: it worked."""
        committed = executions.settled()
        if committed:
            at = executions.committed_at or events.now()
            with self._lock:
                for one in committed:
                    self._runs.complete(one.run, at, one.outputs)
        if executions.is_idle:
            self._open.pop(id(executions), None)

    def _abort(self, undone: list[Execution]) -> None:
        at = events.now()
        with self._lock:
            for one in undone:
                self._runs.abort(one.run, at)

    def _begin(self, at: datetime) -> None:
        if not self._begun:
            self._begun = True
            self._tell("START", at, {})

    @_harmless
    def _end(self, error: BaseException | None) -> None:
        for executions in list(self._open.values()):
            self._settle(executions)
            self._abort(executions.undone())
        if self._begun:
            facets = events.error(_kind(error), "Python") if error else {}
            self._tell("FAIL" if error else "COMPLETE", events.now(), facets)

    def _tell(self, state: str, at: datetime, facets: Json) -> None:
        above = events.parent(self._parent, self._root) if self._parent else {}
        self._outbox.put(
            events.run_event(
                state,
                at,
                self._run,
                run_facets=above | self._facet | facets,
                job_facets=events.job_type("JOB"),
            )
        )


def is_configured(config: Mapping[str, Any] | None, environment: Mapping[str, str]) -> bool:
    """Tell whether OpenLineage's client would know where to send events."""
    if environment.get("OPENLINEAGE_DISABLED", "").strip().lower() == "true":
        return False
    told = {
        name for name in environment if name.startswith(("OPENLINEAGE_CONFIG", "OPENLINEAGE__"))
    }
    files = (Path("openlineage.yml"), Path.home() / ".openlineage" / "openlineage.yml")
    return bool(config or environment.get("OPENLINEAGE_URL") or told) or any(
        file.is_file() for file in files
    )


def _next_savepoint(connection: Connection) -> str:
    """Give the name that SQLAlchemy is about to make; its event comes before it."""
    made = getattr(connection, "_Connection__savepoint_seq", None)
    return "" if made is None else f"sa_savepoint_{made + 1}"


def _option(context: object) -> str | None:
    options = getattr(context, "execution_options", {})
    name = options.get(JOB_OPTION)
    return name if isinstance(name, str) else None


def _kind(error: BaseException | None) -> str:
    """Name an error. Its own words may hold values of the data, and are not told."""
    code = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    return f"{type(error).__name__} ({code})" if code else type(error).__name__


def _parents(environment: Mapping[str, str]) -> tuple[Run | None, Run | None]:
    """Give the run that this process is a step of, and the outermost, as schedulers tell them."""
    parent = _told(environment.get("OPENLINEAGE_PARENT_ID"))
    return parent, _told(environment.get("OPENLINEAGE_ROOT_PARENT_ID")) or parent


def _told(text: str | None) -> Run | None:
    match (text or "").rsplit("/", 2):
        case [namespace, name, run]:
            return Run(run, Job(namespace, name))
        case _:
            return None
