"""How dialects differ when they bind names. What is not named here follows the default.

DuckDB's and PostgreSQL's rules are checked by execution; the others follow their documentation.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from sqlglot import Dialect
from sqlglot.dialects.dialect import NormalizationStrategy
from sqlglot.expressions import DType, Identifier


class Case(enum.Enum):
    """What becomes of the case of a name without quotes; names in quotes keep theirs."""

    INSENSITIVE = "quotes make no difference either"
    LOWER = "folded to lower case"
    UPPER = "folded to upper case"


class Aliases(enum.Enum):
    """Is an alias of the SELECT list visible, and what if a column has that name, too?"""

    HIDDEN = "not visible"
    AFTER_COLUMNS = "columns come first"
    BEFORE_COLUMNS = "aliases come first"


@dataclass(frozen=True, slots=True)
class Rules:
    """The binding rules of one dialect."""

    dialect: str
    case: Case = Case.INSENSITIVE
    exact: bool = False  # a name of another case is never meant, even if only that exists
    in_select: Aliases = Aliases.HIDDEN
    in_where: Aliases = Aliases.HIDDEN
    in_group_by: Aliases = Aliases.AFTER_COLUMNS
    in_having: Aliases = Aliases.HIDDEN
    in_qualify: Aliases = Aliases.AFTER_COLUMNS
    in_order_by_expressions: Aliases = Aliases.HIDDEN
    implicit_lateral: bool = False  # a derived table sees the FROM items before it
    struct_dots: bool = True  # `column.field` without parentheses
    own_fields_first: bool = False  # `a.b` is a field here before it is of a table outside
    seen_through: bool = False  # a table that lacks a column does not hide one of its name outside
    own_aliases_first: bool = False  # a name that is an alias here is never one from outside
    unused_ctes_bound: bool = True
    cte_names_may_exceed: bool = False  # `c(a, b)` may name more columns than there are
    duplicates_ambiguous: bool = True  # of columns of equal name in one derived table
    using_first: bool = True  # `*` begins with the columns of USING, as the standard has it
    function_names_columns: bool = False  # `max(a)` without alias is called `max`
    methods: frozenset[str] = frozenset()  # functions that are called on a column: `column.f(x)`
    pseudo_columns: frozenset[str] = frozenset()  # what has a value beside every row, by key
    chained_functions: bool = False  # `column.f(x)` is `f(column, x)`
    insert_may_be_short: bool = False  # the last columns may be left out without a list
    values_column: str = "column{1}"  # what VALUES calls its columns, counted from 0 and from 1
    unnest_spreads: bool = False  # structs in an unnested list give a column for each field
    generators_named: bool = False  # `explode(list)` without alias is called `col`
    names_in_table_functions: bool = False  # `file('x', Parquet)`: a bare word is no column
    output_clause: bool = False  # OUTPUT gives rows as `inserted` and as `deleted`
    stars_by_target: bool = False  # MERGE's `SET *` is of the target's columns
    columns_beside_query: bool = False  # CREATE TABLE t (a int) AS … has the query's columns, too
    semi_join_shows_right: bool = False  # SEMI JOIN gives the columns of a row that matches
    loads_by_name: bool = False  # COPY INTO a table FROM a query
    numbered_columns: bool = False  # `$2` is the second column
    into_variables: bool = False  # SELECT … INTO names variables, no table
    asof_keeps_left: bool = False  # ASOF JOIN is a left join
    default_schemas: tuple[str, ...] = ()
    ungrouped_refused: bool = False  # a column that is neither grouped nor aggregated
    natural_needs_names: bool = False  # NATURAL JOIN of tables that share no name is refused
    outer_needs_condition: bool = False  # LEFT, RIGHT and FULL JOIN without ON are refused
    types_checked: bool = False  # what does not mix is known by execution, and told
    sums: tuple[DType, DType] = (DType.BIGINT, DType.BIGINT)  # of integers up to INT, of wider ones
    exact_averages: bool = False  # the average of numbers that are no floats is none, either
    sized_results: bool = True  # of decimals: what is calculated of them has digits, too
    integer_division: bool = False  # integers divided give an integer

    def key(self, name: Identifier) -> str:
        """Give what a written name is compared by."""
        args = name.args
        if self.case is Case.INSENSITIVE:
            return args["this"].lower()
        return self.folded(args["this"], quoted=bool(args.get("quoted")))

    def folded(self, name: str, *, quoted: bool) -> str:
        """Fold a name as the dialect does."""
        if self.case is Case.INSENSITIVE:
            return name.lower()
        if quoted:
            return name
        return name.lower() if self.case is Case.LOWER else name.upper()

    def stored(self, name: str) -> str:
        """Give what the name of a stored column or table is compared by.

        A dialect that folds to upper case stores upper case; schemas written by people are in
        lower case nevertheless, and mean names without quotes.
        """
        if self.case is Case.INSENSITIVE or (self.case is Case.LOWER and not self.exact):
            return name.lower()
        return name.upper() if self.case is Case.UPPER and name.islower() else name

    def named(self, name: str, key: str) -> str:
        """Give a name for what is found by a key: the written one, if as a stored name it would."""
        return name if self.stored(name) == key else key


_LATERAL_ALIASES = Rules(
    "",
    in_select=Aliases.AFTER_COLUMNS,
    in_where=Aliases.AFTER_COLUMNS,
    in_having=Aliases.AFTER_COLUMNS,
    in_order_by_expressions=Aliases.AFTER_COLUMNS,
)
_BY_DIALECT = {
    "duckdb": replace(
        _LATERAL_ALIASES,
        in_having=Aliases.BEFORE_COLUMNS,
        implicit_lateral=True,
        own_fields_first=True,
        seen_through=True,
        own_aliases_first=True,
        unused_ctes_bound=False,
        cte_names_may_exceed=True,
        duplicates_ambiguous=False,
        using_first=False,
        chained_functions=True,
        values_column="col{0}",
        default_schemas=("main", "memory"),
        ungrouped_refused=True,
        natural_needs_names=True,
        outer_needs_condition=True,
        types_checked=True,
        sums=(DType.INT128, DType.INT128),
    ),
    "postgres": Rules(
        "",
        Case.LOWER,
        exact=True,
        struct_dots=False,
        function_names_columns=True,
        insert_may_be_short=True,
        default_schemas=("public",),
        sums=(DType.BIGINT, DType.DECIMAL),
        exact_averages=True,
        sized_results=False,
        outer_needs_condition=True,
    ),
    "redshift": replace(
        _LATERAL_ALIASES,
        in_where=Aliases.HIDDEN,
        function_names_columns=True,
        insert_may_be_short=True,
        default_schemas=("public",),
    ),
    "snowflake": replace(
        _LATERAL_ALIASES,
        case=Case.UPPER,
        numbered_columns=True,
        into_variables=True,
        asof_keeps_left=True,
        default_schemas=("public",),
    ),
    "bigquery": Rules("", in_having=Aliases.AFTER_COLUMNS, unnest_spreads=True),
    **dict.fromkeys(
        ("spark", "databricks", "spark2", "hive"),
        replace(
            _LATERAL_ALIASES,
            loads_by_name=True,
            stars_by_target=True,
            in_where=Aliases.HIDDEN,
            generators_named=True,
            values_column="col{1}",
            default_schemas=("default",),
        ),
    ),
    "mysql": Rules(
        "", in_having=Aliases.BEFORE_COLUMNS, into_variables=True, columns_beside_query=True
    ),
    "oracle": Rules("", into_variables=True),
    "clickhouse": replace(
        _LATERAL_ALIASES,
        names_in_table_functions=True,
        semi_join_shows_right=True,
        default_schemas=("default",),
    ),
    "sqlite": replace(_LATERAL_ALIASES, in_select=Aliases.HIDDEN, default_schemas=("main",)),
    **dict.fromkeys(
        ("tsql", "fabric"),
        Rules(
            "",
            methods=frozenset({"value", "query", "nodes", "exist"}),
            output_clause=True,
            default_schemas=("dbo",),
        ),
    ),
    "": replace(_LATERAL_ALIASES, in_where=Aliases.HIDDEN),
}
_CONNECTED = "level connect_by_isleaf connect_by_iscycle "
_FILES = "$path $file_size $file_modified_time $partition $bucket"
_PSEUDO_COLUMNS = {
    "oracle": _CONNECTED + "rownum rowid ora_rowscn user uid",
    "snowflake": _CONNECTED
    + "metadata$action metadata$isupdate metadata$row_id metadata$filename "
    + "metadata$file_row_number metadata$file_last_modified metadata$start_scan_time",
    "postgres": "ctid xmin xmax cmin cmax tableoid",
    "bigquery": "_partitiontime _partitiondate _table_suffix _file_name _change_type "
    "_change_timestamp",
    **dict.fromkeys(("spark", "spark2", "databricks"), "_metadata"),
    "hive": "input__file__name block__offset__inside__file",
    **dict.fromkeys(("trino", "presto", "athena"), _FILES),
    "tsql": "$action $identity $rowguid $partition",
}
_CASE_OF: dict[NormalizationStrategy, Case] = {
    NormalizationStrategy.UPPERCASE: Case.UPPER,
    NormalizationStrategy.LOWERCASE: Case.LOWER,
}


def told_apart(columns: Iterable[tuple[str, str]]) -> list[str]:
    """Name columns, given as name and key: those that quotes alone tell apart by their keys."""
    pairs = list(columns)
    keys: dict[str, set[str]] = {}
    for name, key in pairs:
        keys.setdefault(name, set()).add(key)
    return [key if key and len(keys[name]) > 1 else name for name, key in pairs]


@cache
def rules_of(dialect: str) -> Rules:
    """Give the rules of a dialect by its name in lower case; the empty name is generic SQL.

    Raises:
        ValueError: there is no such dialect.
    """
    parser = Dialect.get_or_raise(dialect)
    found = replace(
        _BY_DIALECT.get(dialect, Rules("")),
        dialect=dialect,
        case=_CASE_OF.get(parser.NORMALIZATION_STRATEGY, Case.INSENSITIVE),
        integer_division=parser.TYPED_DIVISION,
    )
    pseudo = _PSEUDO_COLUMNS.get(dialect, "").split()
    keys = frozenset(found.folded(name, quoted=False) for name in pseudo)
    return replace(found, pseudo_columns=keys)


def is_dialect(name: str) -> bool:
    """Whether there is a dialect of this name; the empty name is generic SQL."""
    return Dialect.get(name) is not None or not name
