create or replace view analytics.staging.stg_bookings as
select
    booking_id,
    locator,
    customer_id,
    lower(channel) as channel,
    currency,
    total_amount,
    status as booking_status,
    booked_at::date as booked_date
from raw.booking.bookings
where status <> 'held'
