create or replace table analytics.marts.punctuality_daily as
select
    route,
    departure_date,
    count(*) as flights,
    count_if(is_on_time) as flights_on_time,
    avg(arrival_delay_min) as avg_arrival_delay_min,
    count_if(weather_impact <> 'none') as flights_in_bad_weather
from analytics.intermediate.int_flight_performance
group by route, departure_date
