create or replace view analytics.staging.stg_passengers as
select
    passenger_id,
    booking_id,
    passenger_type,
    sha2(document_no) as document_hash,
    datediff('year', birth_date, current_date) as age_years
from raw.booking.passengers
