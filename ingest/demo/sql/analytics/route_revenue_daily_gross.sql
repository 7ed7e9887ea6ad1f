select
    s.route,
    s.departure_date,
    s.cabin,
    count(distinct s.booking_id) as bookings,
    sum(s.segment_amount * fx.rate_to_eur) as revenue_eur
from analytics.staging.stg_segments as s
join analytics.staging.stg_bookings as b on b.booking_id = s.booking_id
join raw.finance.fx_rates as fx
    on fx.currency = b.currency and fx.rate_date = b.booked_date
group by s.route, s.departure_date, s.cabin
