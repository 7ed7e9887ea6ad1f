create or replace table analytics.marts.route_revenue_daily as
select
    s.route,
    s.departure_date,
    s.cabin,
    count(distinct s.booking_id) as bookings,
    sum(s.segment_amount * fx.rate_to_eur * r.net_eur / nullif(r.gross_eur, 0)) as revenue_eur
from analytics.staging.stg_segments as s
join analytics.staging.stg_bookings as b on b.booking_id = s.booking_id
join analytics.intermediate.int_booking_revenue as r on r.booking_id = s.booking_id
join raw.finance.fx_rates as fx
    on fx.currency = b.currency and fx.rate_date = b.booked_date
group by s.route, s.departure_date, s.cabin
