SELECT q.day, q.answers, q.helpful, q.cited_share
FROM assistant.quality_daily AS q
ORDER BY q.day
