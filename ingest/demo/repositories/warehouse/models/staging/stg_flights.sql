create or replace view analytics.staging.stg_flights as
select
    flight_id,
    flight_no,
    departure_date,
    origin,
    origin || '-' || destination as route,
    aircraft_id,
    scheduled_departure,
    delay_code,
    datediff('minute', scheduled_departure, actual_departure) as departure_delay_min,
    datediff('minute', scheduled_arrival, actual_arrival) as arrival_delay_min
from raw.ops.flights
where status = 'arrived'
