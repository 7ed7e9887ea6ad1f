select customer_name, orders
from {{ ref('customers', v=2) }}
where orders > 3
