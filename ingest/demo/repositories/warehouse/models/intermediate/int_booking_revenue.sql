create or replace table analytics.intermediate.int_booking_revenue as
with paid as (
    select p.booking_id, sum(p.amount * fx.rate_to_eur) as gross_eur
    from analytics.staging.stg_payments as p
    join raw.finance.fx_rates as fx
        on fx.currency = p.currency and fx.rate_date = p.paid_date
    group by p.booking_id
),

refunded as (
    select r.booking_id, sum(r.amount * fx.rate_to_eur) as refunded_eur
    from analytics.staging.stg_refunds as r
    join raw.finance.fx_rates as fx
        on fx.currency = r.currency and fx.rate_date = r.refunded_date
    group by r.booking_id
)

select
    b.booking_id,
    b.customer_id,
    b.channel,
    b.booked_date,
    coalesce(paid.gross_eur, 0) as gross_eur,
    coalesce(refunded.refunded_eur, 0) as refunded_eur,
    coalesce(paid.gross_eur, 0) - coalesce(refunded.refunded_eur, 0) as net_eur
from analytics.staging.stg_bookings as b
left join paid on paid.booking_id = b.booking_id
left join refunded on refunded.booking_id = b.booking_id
where b.booking_status in ('confirmed', 'flown')
