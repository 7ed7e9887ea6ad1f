create or replace table analytics.marts.fct_bookings as
select
    r.booking_id,
    r.customer_id,
    r.channel,
    r.booked_date,
    r.gross_eur,
    r.refunded_eur,
    r.net_eur,
    count(distinct p.passenger_id) as passengers,
    min(s.departure_date) as first_departure,
    min(s.cabin) as best_cabin
from analytics.intermediate.int_booking_revenue as r
join analytics.staging.stg_passengers as p on p.booking_id = r.booking_id
join analytics.staging.stg_segments as s on s.booking_id = r.booking_id
group by
    r.booking_id, r.customer_id, r.channel, r.booked_date,
    r.gross_eur, r.refunded_eur, r.net_eur
