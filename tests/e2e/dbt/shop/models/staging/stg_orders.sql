select
    id as order_id,
    customer_id,
    case status when 'P' then 'paid' when 'R' then 'returned' else 'open' end as status,
    ordered_at
from {{ source('raw', 'orders') }}
