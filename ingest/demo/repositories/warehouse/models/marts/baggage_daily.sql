create or replace table analytics.marts.baggage_daily as
select
    final_station as station,
    departure_date,
    count(*) as bags,
    count_if(mishandled) as mishandled_bags,
    avg(scans) as avg_scans
from raw.ops.bag_journeys
group by final_station, departure_date
