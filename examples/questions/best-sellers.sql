-- The ten articles that bring in most, returns taken off.
SELECT stock_code, max(description) AS article, sum(quantity) AS pieces, sum(total_amount) AS revenue
  FROM sales.orders
 WHERE regexp_matches(stock_code, '^[0-9]{5}')
 GROUP BY stock_code
 ORDER BY revenue DESC, stock_code
 LIMIT 10
