-- Which products on open purchase orders are below their reorder point, and what was spent with their vendors?
-- Asks inventory and product (gcp/europe-west1) and finance (azure/westeurope).
WITH on_hand AS (
  SELECT product_id, sum(quantity) AS pieces
    FROM inventory.stock
   GROUP BY product_id
),
open_lines AS (
  SELECT o.vendor_id, l.product_id, sum(l.ordered_quantity) AS pieces_ordered, count(DISTINCT o.purchase_order_id) AS open_orders
    FROM finance."purchase-orders" o
    JOIN finance."purchase-order-lines" l ON l.purchase_order_id = o.purchase_order_id
   WHERE o.status IN ('pending', 'approved')
   GROUP BY o.vendor_id, l.product_id
),
spent AS (
  SELECT vendor_id, sum(total_due) AS spent
    FROM finance."purchase-orders"
   WHERE status = 'complete'
   GROUP BY vendor_id
)
SELECT p.product_id, p.name AS product, coalesce(h.pieces, 0) AS on_hand, p.reorder_point, l.pieces_ordered, l.open_orders,
       v.name AS vendor, CAST(coalesce(s.spent, 0) AS DECIMAL(19, 2)) AS spent_with_vendor
  FROM open_lines l
  JOIN product.products p ON p.product_id = l.product_id
  LEFT JOIN on_hand h ON h.product_id = l.product_id
  JOIN finance.vendors v ON v.vendor_id = l.vendor_id
  LEFT JOIN spent s ON s.vendor_id = l.vendor_id
 WHERE coalesce(h.pieces, 0) < p.reorder_point
 ORDER BY spent_with_vendor DESC, p.product_id, vendor
