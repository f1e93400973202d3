-- How many customers live where, and how many of them buy for a company?
SELECT country, count(*) AS customers, count(company) AS companies
  FROM customer.customers
 GROUP BY country
 ORDER BY customers DESC, country
