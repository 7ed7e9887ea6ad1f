"""What kind of function a call is: the parser knows most aggregates, not all."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr

RANKING = (
    exp.RowNumber,
    exp.Rank,
    exp.DenseRank,
    exp.PercentRank,
    exp.CumeDist,
    exp.Ntile,
)
NAVIGATION = (exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue)
UNNESTING = (
    exp.Explode,
    exp.ExplodeOuter,
    exp.Posexplode,
    exp.PosexplodeOuter,
    exp.Inline,
    exp.Unnest,
    exp.ExplodingGenerateSeries,
)
MASKING = (
    exp.MD5,
    exp.MD5Digest,
    exp.SHA,
    exp.SHA2,
    exp.SHA1Digest,
    exp.SHA2Digest,
    exp.FarmFingerprint,
    exp.StandardHash,
)
_COUNTING = (exp.Count, exp.CountIf, exp.ApproxDistinct)
_MASKING_NAMES = frozenset({"hash", "sha256", "sha1", "sha512", "murmur_hash", "xxhash64", "crc32"})
_AGGREGATE_NAMES = frozenset(
    {
        "agg",
        "arbitrary",
        "arg_max_null",
        "arg_max_nulls_last",
        "arg_min_null",
        "arg_min_nulls_last",
        "bit_and",
        "bit_or",
        "bit_xor",
        "bitstring_agg",
        "count_star",
        "entropy",
        "every",
        "favg",
        "fsum",
        "histogram",
        "histogram_exact",
        "json_agg",
        "json_object_agg",
        "jsonb_agg",
        "jsonb_object_agg",
        "kahan_sum",
        "kurtosis_pop",
        "mad",
        "mean",
        "product",
        "range_agg",
        "regr_avgx",
        "reservoir_quantile",
        "sem",
        "sumkahan",
        "sum_no_overflow",
        "xmlagg",
    }
)
_NOT_AGGREGATES = (*RANKING, *NAVIGATION, exp.Grouping, exp.GroupingId)


def is_aggregate(node: Expr) -> bool:
    """Whether a call makes one value of many rows."""
    if isinstance(node, exp.AggFunc):
        return not isinstance(node, _NOT_AGGREGATES)
    return isinstance(node, exp.Anonymous) and node.name.lower() in _AGGREGATE_NAMES


def is_masking(node: Expr) -> bool:
    """Whether the value of a call no longer tells that of its argument."""
    if isinstance(node, (*MASKING, *_COUNTING)):
        return True
    return isinstance(node, exp.Anonymous) and node.name.lower() in _MASKING_NAMES


def absorbs_copies(node: Expr) -> bool:
    """Whether an aggregate stays the same if rows come twice."""
    if isinstance(node, (exp.Max, exp.Min, exp.LogicalAnd, exp.LogicalOr)):
        return True
    return isinstance(node, exp.Count) and isinstance(node.this, exp.Distinct)


def counts_rows(node: Expr) -> bool:
    """Whether it counts the rows themselves, whatever their values: `count(*)`, `count(1)`."""
    if isinstance(node, exp.Count):
        return not isinstance(node.this, exp.Expr) or isinstance(node.this, (exp.Star, exp.Literal))
    return isinstance(node, exp.Anonymous) and node.name.lower() == "count_star"
