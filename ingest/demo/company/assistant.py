"""The passenger assistant: policies become passages with vectors, an agent answers with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from ingest.demo.company import platforms
from ingest.demo.company.airflow import dag, launch, task
from ingest.demo.company.sources.service import BAGGAGE_RULES, FEEDBACK, REFUND_RULES
from ingest.demo.company.statements import statement
from ingest.demo.company.teams import ASSISTANT
from ingest.demo.model import Dataset, DatasetKind, Job, Name, Revision, Schedule, Tool
from ingest.demo.notation import columns, copies, derivations

DOCUMENTS = Dataset(
    platforms.bucket("meridian-assistant", "policy/documents.parquet"),
    DatasetKind.FILE,
    "One document per policy rule, in words.",
    ASSISTANT,
    columns("""
        document_id  string  Key of the document
        rule_id      int64   Rule that it tells
        policy_area  string  baggage or refund
        title        string  Headline
        body         string  The rule in words, fees and limits included
        valid_from   date32  First day of travel
    """),
    file_format="parquet",
)

PASSAGES = Dataset(
    platforms.vector_db("policy_passages"),
    DatasetKind.TABLE,
    "Passages of policy documents with their vectors; what the assistant may quote.",
    ASSISTANT,
    columns("""
        passage_id    text          Key of the passage
        document_id   text          Document it is part of
        rule_id       integer       Rule that it tells
        policy_area   text          baggage or refund
        passage_text  text          What is quoted
        embedding     vector(768)   Vector of the passage
        valid_from    date          First day of travel
    """),
    criticality="high",
)

ANSWERS = Dataset(
    platforms.service_db("assistant", "answers"),
    DatasetKind.TABLE,
    "Everything that the assistant answered, with the rules that it cited.",
    ASSISTANT,
    columns("""
        answer_id       bigint       Key of the answer
        question        text         What the passenger asked #pii
        answer          text         What the assistant said
        policy_area     text         What it was about
        cited_rule_ids  integer[]    Rules quoted
        asked_at        timestamptz  When
    """),
)

QUALITY = Dataset(
    platforms.service_db("assistant", "quality_daily"),
    DatasetKind.TABLE,
    "How often the assistant helps, by day.",
    ASSISTANT,
    columns("""
        day          date      Day of the answers
        answers      bigint    Answers given
        rated        bigint    Of these, rated
        helpful      bigint    Of these, helpful
        cited_share  numeric   Share of answers that cite a rule
    """),
)


def _hamilton(name: str, description: str, *revisions: Revision) -> Job:
    return Job(
        at=Name(platforms.HAMILTON, name),
        tool=Tool.HAMILTON,
        type="DAG",
        description=description,
        owner=ASSISTANT,
        path=f"assistant/{name}.py",
        revisions=revisions,
        minutes=6,
    )


_DOCUMENT_FLOWS = derivations(
    """
        document_id  TRANSFORMATION  bag.rule_id refund.rule_id
        rule_id      IDENTITY        bag.rule_id refund.rule_id
        title        TRANSFORMATION  bag.fare_brand bag.route_group refund.fare_brand
        body         TRANSFORMATION  bag.rule_text bag.pieces_included bag.max_weight_kg
        body         TRANSFORMATION  bag.excess_fee bag.currency bag.cabin
        body         TRANSFORMATION  refund.rule_text refund.refundable refund.deadline_hours
        valid_from   IDENTITY        bag.valid_from refund.valid_from
    """,
    bag=BAGGAGE_RULES,
    refund=REFUND_RULES,
)

WRITE_DOCUMENTS = _hamilton(
    "policy_documents",
    "Puts every policy rule into words; refund fees since they were missed.",
    Revision(inputs=(BAGGAGE_RULES, REFUND_RULES), output=DOCUMENTS, derivations=_DOCUMENT_FLOWS),
    Revision(
        since=10,
        inputs=(BAGGAGE_RULES, REFUND_RULES),
        output=DOCUMENTS,
        derivations=(
            *_DOCUMENT_FLOWS,
            *derivations("body TRANSFORMATION refund.refund_fee", refund=REFUND_RULES),
        ),
    ),
)

EMBED_PASSAGES = _hamilton(
    "policy_passages",
    "Cuts documents into passages and gives each a vector.",
    Revision(
        inputs=(DOCUMENTS,),
        output=PASSAGES,
        derivations=(
            *copies("document_id rule_id policy_area valid_from", DOCUMENTS),
            *derivations(
                """
                    passage_id    TRANSFORMATION   d.document_id
                    passage_text  TRANSFORMATION   d.title d.body
                    embedding     TRANSFORMATION!  d.title d.body
                """,
                d=DOCUMENTS,
            ),
        ),
    ),
)

POLICY_INDEX = dag(
    "policy_index",
    "Brings the policies to the assistant every other morning.",
    ASSISTANT,
    (launch("policy_index.documents", WRITE_DOCUMENTS),),
    (launch("policy_index.passages", EMBED_PASSAGES),),
    criticality="high",
)

QUALITY_REPORT = dag(
    "assistant_quality",
    "Counts answers and ratings of yesterday.",
    ASSISTANT,
    (
        task(
            "assistant_quality.count_ratings",
            "Counts answers and ratings.",
            ASSISTANT,
            Revision(
                inputs=(ANSWERS, FEEDBACK),
                output=QUALITY,
                derivations=derivations(
                    """
                        day          TRANSFORMATION  a.asked_at
                        answers      AGGREGATION     a.answer_id
                        rated        AGGREGATION     f.feedback_id
                        helpful      AGGREGATION     f.feedback_id
                        helpful      CONDITIONAL     f.helpful
                        cited_share  CONDITIONAL     a.cited_rule_ids
                        *            JOIN            a.answer_id f.answer_id
                        *            GROUP_BY        a.asked_at
                    """,
                    a=ANSWERS,
                    f=FEEDBACK,
                ),
                sql=statement("pipelines", "assistant_quality_daily"),
            ),
            minutes=1,
        ),
    ),
)

_APPLICATION = "passenger-assistant"


def _named(action: str) -> Name:
    return Name(platforms.BURR, f"{_APPLICATION}.{action}")


def _action(name: str, description: str, revision: Revision) -> Job:
    return Job(
        at=_named(name),
        tool=Tool.BURR,
        type="ACTION",
        description=description,
        owner=ASSISTANT,
        path="assistant/application.py",
        revisions=(revision,),
        minutes=0.05,
    )


_UNDERSTAND = _action(
    "understand_question", "Finds out what the passenger wants to know.", Revision()
)
_RETRIEVE = _action(
    "retrieve_policy",
    "Finds the passages nearest to the question.",
    Revision(
        inputs=(PASSAGES,),
        hands_over=(_named("understand_question"),),
        derivations=derivations(
            """
                *  IDENTITY  p.passage_text p.rule_id
                *  FILTER    p.policy_area p.valid_from
                *  SORT      p.embedding
            """,
            p=PASSAGES,
        ),
    ),
)
_WRITE = _action(
    "write_answer",
    "Writes the answer from the passages found.",
    Revision(hands_over=(_named("understand_question"), _named("retrieve_policy"))),
)
_RECORD = _action(
    "record_answer",
    "Keeps the answer and the rules cited.",
    Revision(output=ANSWERS, hands_over=(_named("write_answer"),)),
)

CHATBOT = replace(
    _action("", "The chatbot that answers passengers in the app.", Revision()),
    at=Name(platforms.BURR, _APPLICATION),
    type="APPLICATION",
    steps=((_UNDERSTAND,), (_RETRIEVE,), (_WRITE,), (_RECORD,)),
    revisions=(Revision(hands_over=(_named("write_answer"),)),),
    processing="SERVICE",
    consumer="agent",
    criticality="critical",
)

DATASETS = (DOCUMENTS, PASSAGES, ANSWERS, QUALITY)
SCHEDULES = (
    Schedule(POLICY_INDEX, time(4, 0), only=frozenset(range(0, 30, 2))),
    Schedule(QUALITY_REPORT, time(5, 30), weekdays=frozenset({0})),
)
