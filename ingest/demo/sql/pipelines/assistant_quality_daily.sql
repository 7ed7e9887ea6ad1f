INSERT INTO assistant.quality_daily (day, answers, rated, helpful, cited_share)
SELECT
    a.asked_at::date,
    COUNT(DISTINCT a.answer_id),
    COUNT(f.feedback_id),
    COUNT(f.feedback_id) FILTER (WHERE f.helpful),
    AVG(CASE WHEN a.cited_rule_ids IS NULL THEN 0 ELSE 1 END)
FROM assistant.answers AS a
LEFT JOIN assistant.feedback AS f ON f.answer_id = a.answer_id
GROUP BY a.asked_at::date
