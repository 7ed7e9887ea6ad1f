select
    c.customer_id,
    c.customer_name,
    s.country,
    count(o.order_id) as orders,
    max(o.ordered_at) as last_ordered_at
from {{ ref('stg_customers') }} as c
left join {{ ref('country_codes') }} as s on s.code = c.country_code
left join {{ ref('orders') }} as o on o.customer_id = c.customer_id
group by c.customer_id, c.customer_name, s.country
