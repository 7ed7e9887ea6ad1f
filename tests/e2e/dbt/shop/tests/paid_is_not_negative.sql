select order_id, paid
from {{ ref('orders') }}
where paid < 0
