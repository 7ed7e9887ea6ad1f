create or replace view analytics.staging.stg_customers as
select
    customer_id,
    sha2(lower(email)) as email_hash,
    country,
    coalesce(loyalty_tier, 'none') as loyalty_tier,
    loyalty_no is not null as is_member,
    created_at::date as customer_since
from raw.booking.customers
