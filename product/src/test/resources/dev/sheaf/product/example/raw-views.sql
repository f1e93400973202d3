-- The example's products straight from their raw files, in SQL of its own: what publish and query must agree with.
-- ${data} is examples/data.
CREATE SCHEMA sales;
CREATE SCHEMA customer;
CREATE SCHEMA product;
CREATE SCHEMA inventory;
CREATE SCHEMA finance;

CREATE TABLE sales.all_lines AS
SELECT DISTINCT InvoiceNo, StockCode, Description, Quantity::INTEGER AS quantity, InvoiceDate::TIMESTAMP AS ordered_at,
       UnitPrice::DECIMAL(10, 2) AS unit_price, CustomerID, Country, filename
  FROM read_csv('${data}/online-retail/*.csv', header = true, all_varchar = true, filename = true);

CREATE TABLE sales.orders AS
SELECT InvoiceNo AS invoice_no, InvoiceNo LIKE 'C%' AS is_return, StockCode AS stock_code, trim(Description) AS description,
       quantity, unit_price, (quantity * unit_price)::DECIMAL(14, 2) AS total_amount, ordered_at,
       split_part(CustomerID, '.', 1)::INTEGER AS customer_id, Country AS country, filename
  FROM sales.all_lines
 WHERE unit_price > 0 AND length(trim(Description)) > 0;

CREATE TABLE sales.orders_first AS SELECT * FROM sales.orders WHERE filename LIKE '%2010-12-01%';

CREATE TABLE customer.customers AS
SELECT CustomerId::INTEGER AS customer_id, Company AS company, Country AS country, Email AS email
  FROM read_csv('${data}/chinook/customers.csv', header = true, all_varchar = true);

CREATE TABLE product.products AS
SELECT column00::INTEGER AS product_id, column01 AS name, column07::INTEGER AS reorder_point
  FROM read_csv('${data}/adventureworks/Product.csv', header = false, delim = '\t', all_varchar = true);

CREATE TABLE inventory.stock AS
SELECT column0::INTEGER AS product_id, column1::INTEGER AS location_id, column4::INTEGER AS quantity
  FROM read_csv('${data}/adventureworks/ProductInventory.csv', header = false, delim = '\t', all_varchar = true);

CREATE TABLE finance.vendors AS
SELECT column0::INTEGER AS vendor_id, column2 AS name, column4 = '1' AS is_preferred
  FROM read_csv('${data}/adventureworks/Vendor.csv', header = false, delim = '\t', all_varchar = true);

CREATE TABLE finance."purchase-orders" AS
SELECT column00::INTEGER AS purchase_order_id, ['pending', 'approved', 'rejected', 'complete'][column02::INTEGER] AS status,
       column04::INTEGER AS vendor_id, column11::DECIMAL(19, 4) AS total_due
  FROM read_csv('${data}/adventureworks/PurchaseOrderHeader.csv', header = false, delim = '\t', all_varchar = true);

CREATE TABLE finance."purchase-order-lines" AS
SELECT column00::INTEGER AS purchase_order_id, column01::INTEGER AS line_id, column03::INTEGER AS ordered_quantity,
       column04::INTEGER AS product_id, column07::DECIMAL(8, 2) AS received_quantity, column08::DECIMAL(8, 2) AS rejected_quantity
  FROM read_csv('${data}/adventureworks/PurchaseOrderDetail.csv', header = false, delim = '\t', all_varchar = true);
