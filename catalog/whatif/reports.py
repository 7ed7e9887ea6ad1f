"""The last reports, for those who page through one, filter it and take it along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from catalog.model.report import Report
from catalog.parsing.reader import SqlReader
from catalog.ports import NamesReader
from catalog.recent import Recent
from catalog.whatif.answer import Judging, impact
from catalog.whatif.composed import Composed

KEPT = 4
"""How many reports are remembered."""

_Key: TypeAlias = tuple[tuple[Composed, ...], int, int]


class Reports:
    """Judges changes; what was judged at the same moment of the log is not judged again."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._known: Recent[_Key, Report] = Recent(KEPT)

    async def on(self, changes: Sequence[Composed], graph: NamesReader, sql: SqlReader) -> Report:
        """Give the report on changes.

        Raises:
            Invalid: a change does not say what it has to, or cannot be made.
            NotFound: the catalog does not know a dataset.
            Unavailable: what is downstream cannot be judged, as the judging says.
        """
        key = tuple(changes), await graph.cursor(), await graph.sql_cursor()
        report = self._known.get(key)
        if report is None:
            report = await impact(graph, sql, changes, self._judging)
            self._known.put(key, report)
        return report
