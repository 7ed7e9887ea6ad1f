select order_id, status, dbt_valid_from as since
from {{ ref('orders_history') }}
where status = 'returned' and dbt_valid_to is null
