create or replace view analytics.staging.stg_refunds as
select
    r.refund_id,
    r.booking_id,
    r.amount,
    p.currency,
    r.reason,
    r.refunded_at::date as refunded_date
from raw.booking.refunds as r
join raw.booking.payments as p on p.payment_id = r.payment_id
