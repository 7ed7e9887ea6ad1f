select
    segment_id,
    booking_id,
    flight_no,
    departure_date,
    origin || '-' || destination as route,
    cabin,
    fare_basis,
    segment_amount
from raw.booking.segments
where status in ('HK', 'FL')
