create or replace table analytics.intermediate.int_flight_performance as
select
    f.flight_id,
    f.flight_no,
    f.departure_date,
    f.route,
    f.departure_delay_min,
    f.arrival_delay_min,
    f.arrival_delay_min <= 15 as is_on_time,
    f.delay_code,
    case
        when w.visibility_m < 800 then 'fog'
        when w.gust_kt > 35 then 'wind'
        else 'none'
    end as weather_impact
from analytics.staging.stg_flights as f
left join raw.ops.weather as w
    on w.station = f.origin and w.observed_at = date_trunc('hour', f.scheduled_departure)
