-- What did each country bring in, what went back, and how many customers are known?
SELECT country,
       count(*) AS lines,
       sum(total_amount) AS revenue,
       sum(total_amount) FILTER (WHERE is_return) AS returned,
       count(DISTINCT customer_id) AS customers
  FROM sales.orders
 GROUP BY country
 ORDER BY revenue DESC, country
