create table raw.ops.weather (
    station varchar(3),
    observed_at timestamp_tz,
    wind_kt number(38,0),
    gust_kt number(38,0),
    visibility_m number(38,0),
    ceiling_ft number(38,0)
);

create table raw.ops.flights (
    flight_id number(38,0),
    flight_no varchar,
    departure_date date,
    origin varchar(3),
    destination varchar(3),
    aircraft_id number(38,0),
    scheduled_departure timestamp_tz,
    actual_departure timestamp_tz,
    scheduled_arrival timestamp_tz,
    actual_arrival timestamp_tz,
    status varchar,
    delay_code varchar,
    gate varchar,
    taxi_out_min number(38,0),
    boarded number(38,0),
    fuel_kg number(38,0),
    _loaded_at timestamp_ltz
);

create table raw.ops.crew_assignments (
    assignment_id number(38,0),
    crew_id number(38,0),
    flight_id number(38,0),
    role varchar,
    duty_start timestamp_tz,
    duty_end timestamp_tz,
    deadhead boolean,
    block_minutes number(38,0),
    _loaded_at timestamp_ltz
);

create table raw.ops.bag_journeys (
    bag_tag varchar(10),
    flight_no varchar,
    departure_date date,
    origin_station varchar(3),
    final_station varchar(3),
    scans number(38,0),
    first_scan_at timestamp_ntz,
    last_scan_at timestamp_ntz,
    mishandled boolean
);
