create or replace view analytics.staging.stg_segments as
select
    segment_id,
    booking_id,
    flight_no,
    departure_date,
    origin || '-' || destination as route,
    cabin,
    fare_basis,
    segment_amount,
    coalesce(fare_brand, 'Classic') as fare_brand
from raw.booking.segments
where status in ('HK', 'FL')
