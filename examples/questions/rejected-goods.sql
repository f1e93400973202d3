-- Which vendors have the largest share of rejected goods, and do we prefer them?
SELECT v.vendor_id, v.name AS vendor, v.is_preferred,
       sum(l.received_quantity) AS received, sum(l.rejected_quantity) AS rejected,
       round(100.0 * sum(l.rejected_quantity) / sum(l.received_quantity), 2) AS rejected_percent
  FROM finance."purchase-order-lines" l
  JOIN finance."purchase-orders" o ON o.purchase_order_id = l.purchase_order_id
  JOIN finance.vendors v ON v.vendor_id = o.vendor_id
 GROUP BY v.vendor_id, v.name, v.is_preferred
HAVING sum(l.rejected_quantity) > 0
 ORDER BY rejected_percent DESC, v.vendor_id
 LIMIT 10
