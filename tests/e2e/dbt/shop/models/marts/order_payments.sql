{{ config(materialized='ephemeral') }}

select
    order_id,
    sum(amount) as paid,
    count(distinct method) as methods
from {{ ref('stg_payments') }}
group by order_id
