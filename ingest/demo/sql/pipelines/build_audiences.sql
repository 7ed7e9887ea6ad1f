CREATE OR REPLACE TABLE `meridian-marketing.crm.audiences` AS
WITH visits AS (
  SELECT customer_id, COUNT(session_id) AS visits, MAX(started_at) AS last_visit_at
  FROM `meridian-marketing.web.sessions`
  GROUP BY customer_id
)
SELECT
  v.customer_id,
  v.email_hash,
  CASE
    WHEN v.value_decile = 1 THEN 'top'
    WHEN s.visits > 5 THEN 'engaged'
    ELSE 'broad'
  END AS audience,
  s.visits,
  s.last_visit_at
FROM `meridian-marketing.crm.customer_value` AS v
LEFT JOIN visits AS s ON s.customer_id = v.customer_id
