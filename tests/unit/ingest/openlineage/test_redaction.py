"""Secrets do not reach the log; names and everything else do."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.openlineage import redact

SECRET = "hunter2"  # noqa: S105 - the word that must not be found

KEYS = st.sampled_from(
    [
        "facets",
        "environmentVariables",
        "spark_properties",
        "executionParameters",
        "parameters",
        "name",
        "value",
        "key",
        "api_key",
        "db.password",
        "url",
    ]
)
TEXTS = st.text() | st.sampled_from(
    ["postgres://u:p@h/d", "https://t@h", "abfss://c@h", "://:@", "a://b:c@d://e:f@g", "\ud800"]
)
VALUES = st.recursive(
    st.none() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_twice_is_once(value: object) -> None:
    once = redact(value)

    assert redact(once) == once
    assert redact(value) == once


@given(VALUES)
def test_what_has_no_secret_is_the_same_object(value: object) -> None:
    redacted = redact(value)

    assert redacted is value or redacted != value


@pytest.mark.parametrize(
    "facets",
    [
        {"environmentVariables": {"environmentVariables": [{"name": "A", "value": SECRET}]}},
        {
            "executionParameters": {
                "parameters": [{"key": "k", "name": "db_password", "value": SECRET}]
            }
        },
        {"executionParameters": {"parameters": [{"key": "API_TOKEN", "value": SECRET}]}},
        {"spark_properties": {"properties": {"spark.hadoop.fs.s3a.secret.key": SECRET}}},
        {
            "spark_properties": {
                "properties": {"fs.azure.account.key.x.blob.core.windows.net": SECRET}
            }
        },
        {"environment-properties": {"environment-properties": {"deep": {"credentials": [SECRET]}}}},
        {"parent": {"run": {"facets": {"spark_properties": {"properties": {"pwd": SECRET}}}}}},
        {"anything": {"url": f"jdbc:postgresql://user:{SECRET}@db/shop"}},
        {"anything": {"note": [f"see https://{SECRET}@git.example.com/x"]}},
        {"anything": {"url": f"mongodb://user:a@{SECRET}@db"}},
        {"anything": {"url": f"postgres://user:{SECRET}@db", "odd": "\ud800"}},
    ],
)
def test_secrets_are_taken_out(facets: dict[str, object]) -> None:
    redacted = json.dumps(redact({"run": {"facets": facets}}))

    assert SECRET not in redacted
    assert "***" in redacted


@pytest.mark.parametrize(
    "value",
    [
        {"namespace": "abfss://container@account.dfs.core.windows.net", "name": "a"},
        {"namespace": "kafka://a:9092,b:9092", "name": "topic@1"},
        {"url": "ssh://git@example.com/repository"},
        {"facets": {"schema": {"fields": [{"name": "password", "type": "text"}]}}},
        {"facets": {"columnLineage": {"fields": {"environmentVariables": {"inputFields": []}}}}},
        {"facets": {"spark_properties": {"properties": {"spark.master": "local"}}}},
        {"facets": {"executionParameters": {"parameters": [{"key": "day", "value": "1"}]}}},
    ],
)
def test_names_and_settings_that_are_no_secrets_stay(value: object) -> None:
    assert redact(value) is value


def test_the_other_parts_of_a_record_stay() -> None:
    variables = [{"name": "HOME", "value": "/root"}, {"name": "EMPTY", "value": None}]
    facet = {"_producer": "p", "environmentVariables": variables}

    redacted = redact({"facets": {"environmentVariables": facet, "other": {"value": "x"}}})

    kept = [{"name": "HOME", "value": "***"}, {"name": "EMPTY", "value": None}]
    facet = {"_producer": "p", "environmentVariables": kept}
    assert redacted == {"facets": {"environmentVariables": facet, "other": {"value": "x"}}}
