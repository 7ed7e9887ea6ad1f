select
    date_trunc('month', ordered_at) as month,
    sum(paid) as revenue
from {{ ref('orders') }}
where status = 'paid'
group by 1
