create or replace table analytics.marts.crew_duty_daily as
select
    crew_id,
    duty_start::date as duty_date,
    count(distinct flight_id) as legs,
    sum(datediff('minute', duty_start, duty_end)) / 60 as duty_hours
from raw.ops.crew_assignments
group by crew_id, duty_start::date
