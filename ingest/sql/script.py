"""A text of one or more statements: split, parsed and bound one after the other."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlglot import Dialect, exp
from sqlglot.errors import ErrorLevel, ParseError, TokenError
from sqlglot.expressions import DataType, Expr
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.clauses import Clauses
from ingest.sql.errors import Code, Problem, Span
from ingest.sql.exports import unloaded
from ingest.sql.lifecycle import changed
from ingest.sql.lineage import ANY_COLUMN, EMPTY, merged
from ingest.sql.macros import Macro, inlined, macro_of
from ingest.sql.outputs import Mode, Output
from ingest.sql.relation import Column, Relation, Stored, of_columns
from ingest.sql.rewriting import evolves, rewritten, told_in, without_options
from ingest.sql.rewriting.files import copied
from ingest.sql.rewriting.outputs import without_target
from ingest.sql.rewriting.variables import with_named_variables
from ingest.sql.rules import Rules, told_apart
from ingest.sql.schema import Schema, look_up, split_name
from ingest.sql.splitting import chunks, tokens_of
from ingest.sql.statements import Bound, bind_statement
from ingest.sql.syntax import unparsed, unreadable
from ingest.sql.tree import child, dotted, identifier, listed
from ingest.sql.unsupported import procedural, templating
from ingest.sql.writes import into

logging.getLogger("sqlglot").setLevel(logging.ERROR)  # what it cannot read, we tell as problems

MAX_DEPTH = 100
"""How deep a statement may be nested: a size, so that the answer does not depend on the build."""


@dataclass(slots=True, eq=False)
class Script:
    """The bound statements of a text, and what could not be parsed."""

    text: str
    tokens: Sequence[Token]
    statements: list[Bound] = field(default_factory=list[Bound])
    problems: list[Problem] = field(default_factory=list[Problem])
    named: dict[tuple[str, ...], Relation] = field(
        default_factory=dict[tuple[str, ...], Relation]
    )  # temporary tables and views, by the keys of their names
    macros: dict[str, Macro] = field(default_factory=dict[str, Macro])
    clauses: Clauses = field(default_factory=Clauses)


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A text in which no name is bound yet: each statement with its place."""

    text: str
    tokens: Sequence[Token]
    statements: tuple[tuple[Span, Expr], ...]
    problems: tuple[Problem, ...]


def parse_script(text: str, dialect_name: str) -> Parsed:
    """Parse a text; what is wrong is told in the result.

    Raises:
        ValueError: there is no such dialect.
    """
    dialect = Dialect.get_or_raise(dialect_name)
    try:
        tokens = tokens_of(text, dialect)
    except TokenError as error:
        return Parsed(text, [], (), (unreadable(error, text),))
    statements: list[tuple[Span, Expr]] = []
    problems: list[Problem] = []
    said = told_in(text)
    for chunk in chunks(with_named_variables(tokens, said), dialect_name):
        span = Span(chunk[0].start, chunk[-1].end + 1)
        try:
            found = _parse(text, dialect, chunk, said)
        except RecursionError:
            found = _too_deep(span)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            statements += [(span, one) for one in _branches(found)]
    return Parsed(text, tokens, tuple(statements), tuple(problems))


def bind_script(text: str, schema: Schema) -> Script:
    """Bind a text against a schema; what is wrong is told in the result."""
    return bind_parsed(parse_script(text, schema.rules.dialect), schema)


def bind_parsed(parsed: Parsed, schema: Schema) -> Script:
    """Bind a parsed text against a schema; what is wrong is told in the result."""
    script = Script(parsed.text, parsed.tokens, problems=list(parsed.problems))
    schema = replace(schema, stored=dict(schema.stored))  # it grows by what the script makes
    for span, node in parsed.statements:
        try:
            expanded = inlined(node, script.macros, schema.rules)
            bound = bind_statement(expanded, schema, script.named, script.text, script.clauses)
            script.statements.append(bound)
            _remember(script, schema, bound)
            if isinstance(node, exp.Declare):
                schema = replace(schema, rules=_with_variables(schema.rules, node))
        except RecursionError:
            script.problems.append(_too_deep(span))
    return script


def _with_variables(rules: Rules, node: Expr) -> Rules:
    """A variable that a script declares may stand where a column does."""
    declared = [one for item in listed(node, "expressions") for one in listed(item, "this")]
    names = [one for one in declared if isinstance(one, exp.Identifier)]
    return replace(rules, pseudo_columns=rules.pseudo_columns | set(map(rules.key, names)))


def _too_deep(span: Span) -> Problem:
    return Problem(span, Code.TOO_DEEP, "The statement is nested too deeply.")


def _may_be_deep(text: str) -> bool:
    """Most texts have not enough of what opens to nest as deep; that is seen at once."""
    return sum(map(text.lower().count, ("(", "[", "{", "case"))) > MAX_DEPTH


def _depth(tokens: Sequence[Token]) -> int:
    """How deep brackets and CASE are nested."""
    depth = deepest = 0
    for token in tokens:
        kind = token.token_type
        if kind in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif kind in _CLOSING:
            depth -= 1
    return deepest


_OPENING = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE, TokenType.CASE})
_CLOSING = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE, TokenType.END})


def _branches(node: Expr) -> list[Expr]:
    """IF: the statements of both branches, of which either may be run."""
    if not isinstance(node, exp.IfBlock):
        return [node]
    blocks = [*listed(node, "true"), *listed(node, "false")]
    inner = [one for block in blocks for one in listed(block, "expressions")]
    return [found for one in inner for found in _branches(one)]


def _parse(
    text: str, dialect: Dialect, chunk: Sequence[Token], said: frozenset[str]
) -> Expr | Problem | None:
    if _may_be_deep(text) and _depth(chunk) > MAX_DEPTH:
        return _too_deep(Span(chunk[0].start, chunk[-1].end + 1))
    template = templating(chunk, text)
    if template is not None:
        return template
    parser = dialect.parser(error_level=ErrorLevel.IMMEDIATE)
    try:
        unload = unloaded(chunk, dialect) or copied(chunk, dialect, said)
        statement, target = without_target(chunk, said)
        nodes = [unload] if unload else parser.parse(rewritten(statement, said), text)
        if nodes and isinstance(nodes[0], exp.Command) and nodes[0].name.upper() == "CREATE":
            nodes = parser.parse(without_options(rewritten(chunk, said)), text)
    except ParseError as error:
        return procedural(chunk) or unparsed(error, chunk)
    except (TokenError, ValueError):  # from within, where it reads a part as a text of its own
        return procedural(chunk) or unparsed(ParseError("It cannot be read."), chunk)
    if nodes and isinstance(nodes[0], exp.Merge) and evolves(chunk):
        nodes[0].set("evolving", True)
    if target is not None and nodes and nodes[0] is not None:
        returning = child(nodes[0], "returning")
        if returning is not None:
            returning.set("into", target)
    return nodes[0] if nodes else None


# What later statements of the script see


def _remember(script: Script, schema: Schema, bound: Bound) -> None:
    """Tables that the script makes are there for the statements behind."""
    node = bound.node
    if isinstance(node, exp.Create) and not bound.outputs:
        _declare(script, schema, node)
        macro = macro_of(node, schema.rules)
        if macro is not None:
            script.macros[macro[0]] = Macro(
                macro[1].parameters,
                inlined(macro[1].body, script.macros, schema.rules),
                macro[1].columns,
            )
    _change(script, schema, bound)
    for output in bound.outputs:
        if output.target is None:
            continue
        keys = _keys(schema, _target_node(node, output))
        if keys in script.named:
            output.relation = script.named[keys] = _written(script.named[keys], output)
            output.temporary = True
        elif output.mode is Mode.CREATE:
            _made(script, schema, keys, node, output)


def _target_node(node: Expr, output: Output) -> Expr:
    """The table that is written, as the statement names it."""
    if output.named is not None:
        return output.named
    if isinstance(node, (exp.Copy, exp.Export, exp.MultitableInserts)) and output.target:
        return exp.Table(this=exp.Identifier(this=output.target.name or "", quoted=True))
    target = child(node, "into")
    return target.this if target is not None else node.this


def _change(script: Script, schema: Schema, bound: Bound) -> None:
    """Renamed, dropped and altered tables; temporary ones go by their new name, too."""
    changed(schema, bound.node, bound.lifecycle)
    for one in bound.lifecycle:
        if one.column is not None:
            continue
        before = script.named.pop(_name_keys(schema, one.table), None)
        if one.to is None:
            continue
        other = script.named.pop(_name_keys(schema, one.to), None)
        for name, relation in ((one.to, before), (one.table, other)):
            if relation is not None:
                script.named[_name_keys(schema, name)] = relation


def _name_keys(schema: Schema, name: str) -> tuple[str, ...]:
    return tuple(schema.rules.stored(part) for part in reversed(split_name(name)))


def _keys(schema: Schema, node: Expr) -> tuple[str, ...]:
    table, _ = into(node)
    return tuple(schema.rules.key(part) for part in reversed(dotted(table)))


def _made(
    script: Script, schema: Schema, keys: tuple[str, ...], node: Expr, output: Output
) -> None:
    """A temporary one is composed away; another has the columns of its query from now on."""
    relation = of_columns(output.columns, output.rows)
    if is_temporary(node):
        output.relation = script.named[keys] = relation
        output.temporary = True
    elif output.target is not None and all(one.name != ANY_COLUMN for one in output.columns):
        columns = {one.key: (one.name, one.type) for one in output.columns if one.key}
        schema.stored[output.target.name or ""] = Stored(output.target, columns)


def is_temporary(node: Expr) -> bool:
    """Whether what a statement makes is gone with the session."""
    target = child(node, "into")
    if target is not None:
        return bool(target.args.get("temporary"))
    if isinstance(node, exp.Cache):
        return True
    properties = child(node, "properties")
    temporary = (
        any(isinstance(one, _TEMPORARY) for one in listed(properties, "expressions"))
        if properties
        else False
    )
    table, _ = into(node.this)
    name = dotted(table)
    marked = name and (name[-1].args.get("temporary") or name[-1].name.startswith(("#", "@")))
    return temporary or bool(marked)


_TEMPORARY = (exp.TemporaryProperty, exp.VolatileProperty)


def _written(relation: Relation, output: Output) -> Relation:
    """What a statement writes to a temporary table adds to what flows into it."""
    columns = [
        Column(column.name, column.key, merged([column.lineage, *added]), column.type)
        for column in relation.columns
        for added in [[one.lineage for one in output.columns if one.key == column.key]]
    ]
    return of_columns(columns, merged([relation.rows, output.rows]))


def _declare(script: Script, schema: Schema, node: Expr) -> None:
    """CREATE TABLE with a column list declares a table, whose columns are then known."""
    table, _ = into(node.this)
    columns = _declared(schema, node)
    if not isinstance(table, exp.Table) or columns is None:
        return
    target = look_up(schema, table).table
    keys = declared_keys(schema, node.this) if isinstance(node.this, exp.Schema) else ()
    schema.stored[target.name or ""] = Stored(target, columns, keys)
    if is_temporary(node):  # nothing has flown into it
        empty = [Column(name, key, EMPTY, kind) for key, (name, kind) in columns.items()]
        script.named[_keys(schema, node.this)] = of_columns(empty, EMPTY)


def _declared(schema: Schema, node: Expr) -> dict[str, tuple[str, DataType | None]] | None:
    """The columns of the list, and those of a table that this one is LIKE; None: not known."""
    properties = child(node, "properties")
    parts = [
        *(node.this.expressions if isinstance(node.this, exp.Schema) else ()),
        *(listed(properties, "expressions") if properties is not None else ()),
    ]
    columns: dict[str, tuple[str, DataType | None]] = {}
    for one in parts:
        if isinstance(one, exp.ColumnDef):
            columns[schema.rules.key(identifier(one))] = (one.name, _kind(one))
        elif isinstance(one, exp.LikeProperty) and isinstance(one.this, exp.Table):
            like = look_up(schema, one.this).columns
            if like is None:
                return None
            columns |= like
    names = told_apart((name, key) for key, (name, _) in columns.items())
    told = zip(columns.items(), names, strict=True)
    return {key: (name, kind) for (key, (_, kind)), name in told} or None


def declared_keys(schema: Schema, node: Expr) -> tuple[frozenset[str], ...]:
    """PRIMARY KEY and UNIQUE, of a column and of the table."""
    keys: list[frozenset[str]] = []
    for one in node.expressions:
        if isinstance(one, exp.ColumnDef):
            kinds = [constraint.args.get("kind") for constraint in listed(one, "constraints")]
            if any(isinstance(kind, _UNIQUE) for kind in kinds):
                keys.append(frozenset({schema.rules.key(identifier(one))}))
        for constraint in one.find_all(exp.PrimaryKey, exp.UniqueColumnConstraint):
            inner = constraint.this if isinstance(constraint.this, exp.Schema) else constraint
            names = [found for part in inner.expressions if (found := part.find(exp.Identifier))]
            if names:
                keys.append(frozenset(schema.rules.key(name) for name in names))
    return tuple(keys)


_UNIQUE = (exp.PrimaryKeyColumnConstraint, exp.UniqueColumnConstraint)


def _kind(node: Expr) -> DataType | None:
    kind = child(node, "kind")
    return kind if isinstance(kind, DataType) else None
