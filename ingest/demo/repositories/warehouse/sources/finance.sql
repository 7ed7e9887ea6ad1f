create table raw.finance.fx_rates (
    rate_date date,
    currency varchar(3),
    rate_to_eur number(18,8)
);
