create table assistant.feedback (
    feedback_id bigint,
    answer_id bigint,
    helpful boolean,
    comment text,
    given_at timestamptz
);
