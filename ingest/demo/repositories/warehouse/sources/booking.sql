create table raw.booking.bookings (
    booking_id number(38,0),
    locator varchar(6),
    customer_id number(38,0),
    channel varchar,
    currency varchar(3),
    total_amount number(10,2),
    status varchar,
    point_of_sale varchar(2),
    promo_code varchar,
    booked_at timestamp_tz,
    updated_at timestamp_tz,
    _loaded_at timestamp_ltz
);

create table raw.booking.passengers (
    passenger_id number(38,0),
    booking_id number(38,0),
    given_name varchar,
    family_name varchar,
    birth_date date,
    document_no varchar,
    passenger_type varchar,
    nationality varchar(2),
    assistance varchar,
    updated_at timestamp_tz,
    _loaded_at timestamp_ltz
);

create table raw.booking.segments (
    segment_id number(38,0),
    booking_id number(38,0),
    flight_no varchar,
    departure_date date,
    origin varchar(3),
    destination varchar(3),
    cabin varchar,
    fare_basis varchar,
    booking_class varchar(1),
    operated_by varchar(2),
    segment_amount number(10,2),
    status varchar,
    seat_no varchar,
    checked_bags number(38,0),
    updated_at timestamp_tz,
    _loaded_at timestamp_ltz,
    fare_brand varchar
);

create table raw.booking.payments (
    payment_id number(38,0),
    booking_id number(38,0),
    method varchar,
    amount number(14,2),
    currency varchar(3),
    card_last4 varchar(4),
    paid_at timestamp_tz,
    provider varchar,
    risk_score number(38,0),
    status varchar,
    updated_at timestamp_tz,
    _loaded_at timestamp_ltz
);

create table raw.booking.customers (
    customer_id number(38,0),
    email varchar,
    phone varchar,
    full_name varchar,
    country varchar(2),
    loyalty_no varchar,
    loyalty_tier varchar,
    language varchar(2),
    home_airport varchar(3),
    consent boolean,
    created_at timestamp_tz,
    updated_at timestamp_tz,
    _loaded_at timestamp_ltz
);

create table raw.booking.refunds (
    refund_id number(38,0),
    booking_id number(38,0),
    payment_id number(38,0),
    amount number(10,2),
    reason varchar,
    approved_by varchar,
    channel varchar,
    refunded_at timestamp_tz,
    _loaded_at timestamp_ltz
);
