SELECT a.tail_number, a.type_code, COUNT(o.order_id) AS open_orders
FROM public.aircraft AS a
LEFT JOIN public.maintenance_orders AS o
  ON o.aircraft_id = a.aircraft_id AND o.closed_at IS NULL
GROUP BY a.tail_number, a.type_code
