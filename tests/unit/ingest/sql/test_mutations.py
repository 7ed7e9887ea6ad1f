"""No rule of the engine is idle: without any one of them some hand-written statement fails."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlglot import exp

from ingest.sql.lineage import EMPTY, NONE
from ingest.sql.rules import Aliases
from tests.golden.statements import FILES, disagreement, read


@dataclass(frozen=True, slots=True)
class Mutation:
    """A rule without effect, and the folders of goldens that should notice."""

    module: str
    name: str
    instead: Any
    folders: str
    key: object = None  # of an entry, where the name is that of a table of rules


def as_given(number: int) -> Callable[..., Any]:
    """The argument of that place, untouched."""
    return lambda *given: given[number]


def always(value: Any) -> Callable[..., Any]:
    """The same, whatever is asked."""
    return lambda *_, **__: value


MUTATIONS = (
    Mutation("expressions.flow", "RULES", None, "expression", exp.Case),
    Mutation("expressions.flow", "RULES", None, "expression", exp.If),
    Mutation("expressions.flow", "RULES", None, "aggregate", exp.Filter),
    Mutation("expressions.flow", "RULES", None, "subquery", exp.Exists),
    Mutation("expressions.flow", "RULES", None, "window", exp.Window),
    Mutation("expressions.flow", "RULES", None, "nested", exp.Explode),
    Mutation("expressions.flow", "RULES", None, "nested", exp.Dot),
    Mutation("expressions.calls", "_window_keys", always([]), "window"),
    Mutation("expressions.calls", "counts_rows", always(value=False), "aggregate"),
    Mutation("expressions.choices", "rows_deciding", always(NONE), "subquery"),
    Mutation("queries", "_distinct", always(None), "order"),
    Mutation("queries", "bind_order", always(None), "order"),
    Mutation("grouping", "group_parts", always([]), "aggregate"),
    Mutation("grouping", "by_position", always(None), "aggregate"),
    Mutation("ctes", "_named", as_given(1), "alias"),
    Mutation("ctes", "_same_lineage", always(value=True), "cte"),
    Mutation("queries", "unique_keys", always([]), "join"),
    Mutation("setops", "_by_name", always([]), "setop"),
    Mutation("setops", "_check_widths", always(None), "error"),
    Mutation("joins", "_natural", always(NONE), "join"),
    Mutation("joins", "_using", always(NONE), "join"),
    Mutation("aliases", "under_names", as_given(1), "alias"),
    Mutation("joins", "_is_unique", always(value=False), "join"),
    Mutation("sources", "_pivoted", as_given(2), "pivot"),
    Mutation("sources", "unnested", always(EMPTY), "nested"),
    Mutation("pivots", "_group_columns", always([]), "pivot"),
    Mutation("pivots", "_unpivoted_rows", always(EMPTY), "pivot"),
    Mutation("stars", "_modified", as_given(2), "star"),
    Mutation("projections", "spread_columns", always(None), "star"),
    Mutation("resolution", "_row_of", always(None), "nested"),
    Mutation("fields", "_deeper", as_given(0), "nested"),
    Mutation("writes", "_static_partition", always(set[str]()), "write"),
    Mutation("writes", "conditional", always(NONE), "write"),
    Mutation("merges", "_keys", always(NONE), "write"),
    Mutation("merges", "_whole_row", always([]), "write"),
    Mutation("multitable", "condition", always(NONE), "write"),
    Mutation("script", "is_temporary", always(value=False), "script"),
    Mutation("script", "inlined", as_given(0), "script"),
    Mutation("script", "_change", always(None), "script"),
    Mutation("script", "templating", always(None), "error"),
)


def named(mutation: Mutation) -> str:
    """The rule, as the test is called."""
    kind = f"[{mutation.key.__name__}]" if isinstance(mutation.key, type) else ""
    return f"{mutation.module}.{mutation.name}{kind}"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=named)
def test_a_rule_without_effect_is_noticed(
    mutation: Mutation, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module(f"ingest.sql.{mutation.module}")
    if mutation.key is None:
        monkeypatch.setattr(module, mutation.name, mutation.instead)
    else:
        monkeypatch.setitem(getattr(module, mutation.name), mutation.key, mutation.instead)
    assert fails(mutation.folders)


def test_a_dialect_that_hides_aliases_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules of dialects count, too."""
    statements = importlib.import_module("ingest.sql.jsonl")
    rules_of = statements.rules_of

    def hiding(dialect: str) -> object:
        return replace(rules_of(dialect), in_qualify=Aliases.HIDDEN)

    monkeypatch.setattr(statements, "rules_of", hiding)
    assert fails("window")


def fails(folder: str) -> bool:
    """Whether some statement of the folder has other edges, or none at all."""
    return any(_fails(file) for file in FILES if file.parent.name == folder)


def _fails(file: Any) -> bool:
    try:
        return disagreement(read(file)) != ""
    except Exception:  # noqa: BLE001 (a rule that is gone may leave nothing that holds together)
        return True
