create or replace view analytics.staging.stg_payments as
select
    payment_id,
    booking_id,
    method,
    amount,
    currency,
    paid_at::date as paid_date
from raw.booking.payments
where status = 'captured'
