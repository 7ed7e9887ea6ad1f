select
    id as payment_id,
    order_id,
    method,
    {{ cents_to_euros('amount') }} as amount
from {{ source('raw', 'payments') }}
