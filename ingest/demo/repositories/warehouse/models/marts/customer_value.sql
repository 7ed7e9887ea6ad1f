create or replace table analytics.marts.customer_value as
with value as (
    select r.customer_id, sum(r.net_eur) as lifetime_value_eur
    from analytics.intermediate.int_booking_revenue as r
    group by r.customer_id
)

select
    c.customer_id,
    c.email_hash,
    c.country,
    c.loyalty_tier,
    v.lifetime_value_eur,
    ntile(10) over (order by v.lifetime_value_eur desc) as value_decile
from analytics.staging.stg_customers as c
join value as v on v.customer_id = c.customer_id
