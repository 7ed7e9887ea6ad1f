create or replace table analytics.marts.dim_customer as
select
    c.customer_id,
    c.email_hash,
    c.country,
    c.loyalty_tier,
    min(r.booked_date) as first_booking_date,
    max(r.booked_date) as last_booking_date,
    count(r.booking_id) as bookings
from analytics.staging.stg_customers as c
left join analytics.intermediate.int_booking_revenue as r on r.customer_id = c.customer_id
group by c.customer_id, c.email_hash, c.country, c.loyalty_tier
