create table public.claims (
    claim_id bigint,
    booking_id bigint,
    kind text,
    amount_eur numeric(10,2),
    opened_at timestamptz,
    closed_at timestamptz,
    status text,
    assigned_to text
);
