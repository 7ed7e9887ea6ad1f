create table policy.baggage_rules (
    rule_id integer,
    fare_brand text,
    cabin text,
    route_group text,
    pieces_included integer,
    max_weight_kg integer,
    excess_fee numeric(8,2),
    currency character(3),
    valid_from date,
    rule_text text
);

create table policy.refund_rules (
    rule_id integer,
    fare_brand text,
    refundable boolean,
    deadline_hours integer,
    refund_fee numeric(8,2),
    valid_from date,
    rule_text text
);
