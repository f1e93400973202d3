-- Time travel: what did the first release hold, and what is there now?
SELECT 'release 1' AS as_of, count(*) AS lines, min(ordered_at) AS first_order, max(ordered_at) AS last_order, sum(total_amount) AS revenue
  FROM sales.orders AT (VERSION => 1)
 UNION ALL
SELECT 'now', count(*), min(ordered_at), max(ordered_at), sum(total_amount)
  FROM sales.orders
 ORDER BY lines
