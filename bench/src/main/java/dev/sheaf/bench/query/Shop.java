package dev.sheaf.bench.query;

import java.util.LinkedHashMap;
import java.util.Map;

/// A made-up wholesale shop with the tables and the distributions that the well-known decision
/// support benchmark asks about. Every value follows from its row's number, so each run has the
/// same data.
final class Shop {
    private static final int SUPPLIERS = 10_000;
    private static final int CUSTOMERS = 150_000;
    private static final int PARTS = 200_000;
    private static final int ORDERS = 1_500_000;

    private static final String COLORS =
            "['almond','azure','beige','blue','brown','coral','cream','forest','ghost','gold',"
                + "'green','grey','honey','indigo','ivory','khaki','lemon','lime','linen','magenta',"
                + "'maroon','navy','olive','orange','pink','plum','red','rose','sienna','snow']";

    private final double scale;

    Shop(double scale) {
        this.scale = scale;
    }

    /// By table name: the query that yields its rows.
    Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("region", region());
        tables.put("nation", nation());
        tables.put("supplier", supplier());
        tables.put("customer", customer());
        tables.put("part", part());
        tables.put("partsupp", partsupp());
        tables.put("orders", orders());
        tables.put("lineitem", lineitem());
        return tables;
    }

    private long rows(int atScaleOne) {
        return Math.max(10, Math.round(atScaleOne * scale));
    }

    /// A whole number in 0..n-1 from the row's number and a salt.
    private static String pick(String row, int salt, long n) {
        return "(hash(" + row + " * 31 + " + salt + ") % " + n + ")::BIGINT";
    }

    private static String choose(String row, int salt, String list) {
        return "("
                + list
                + ")[1 + (hash("
                + row
                + " * 31 + "
                + salt
                + ") % len("
                + list
                + "))::BIGINT]";
    }

    private static String money(String row, int salt, long cents) {
        return "(" + pick(row, salt, cents) + " / 100.0)::DECIMAL(15,2)";
    }

    private static String region() {
        return "SELECT i::INTEGER AS r_regionkey,"
                + " ['AFRICA','AMERICA','ASIA','EUROPE','MIDDLE EAST'][i + 1] AS r_name,"
                + " 'region ' || i AS r_comment FROM range(5) t(i)";
    }

    private static String nation() {
        return "SELECT i::INTEGER AS n_nationkey, n[1] AS n_name, n[2]::INTEGER AS n_regionkey,"
                + " 'nation ' || i AS n_comment FROM (SELECT i, ([['ALGERIA','0'],"
                + "['ARGENTINA','1'],['BRAZIL','1'],['CANADA','1'],['EGYPT','4'],['ETHIOPIA','0'],"
                + "['FRANCE','3'],['GERMANY','3'],['INDIA','2'],['INDONESIA','2'],['IRAN','4'],"
                + "['IRAQ','4'],['JAPAN','2'],['JORDAN','4'],['KENYA','0'],['MOROCCO','0'],"
                + "['MOZAMBIQUE','0'],['PERU','1'],['CHINA','2'],['ROMANIA','3'],"
                + "['SAUDI ARABIA','4'],['VIETNAM','2'],['RUSSIA','3'],['UNITED KINGDOM','3'],"
                + "['UNITED STATES','1']])[i + 1] AS n FROM range(25) t(i))";
    }

    private String supplier() {
        return "SELECT i AS s_suppkey, 'Supplier#' || lpad(i::VARCHAR, 9, '0') AS s_name,"
                + " left(md5(i::VARCHAR), 20) AS s_address, "
                + pick("i", 1, 25)
                + "::INTEGER AS s_nationkey, "
                + phone("i", 1)
                + " AS s_phone, ("
                + money("i", 2, 1_100_000)
                + " - 1000)::DECIMAL(15,2) AS s_acctbal, CASE WHEN i % 211 = 0 THEN 'the Customer"
                + " had Complaints' ELSE md5((i * 7)::VARCHAR) END AS s_comment FROM range(1, "
                + (rows(SUPPLIERS) + 1)
                + ") t(i)";
    }

    private static String phone(String row, int salt) {
        return "(10 + "
                + pick(row, salt, 25)
                + ")::VARCHAR || '-' || lpad("
                + pick(row, 77, 10_000_000)
                + "::VARCHAR, 7, '0')";
    }

    private String customer() {
        return "SELECT i AS c_custkey, 'Customer#' || lpad(i::VARCHAR, 9, '0') AS c_name,"
                + " left(md5((i * 3)::VARCHAR), 24) AS c_address, "
                + pick("i", 3, 25)
                + "::INTEGER AS c_nationkey, "
                + phone("i", 3)
                + " AS c_phone, ("
                + money("i", 4, 1_100_000)
                + " - 1000)::DECIMAL(15,2) AS c_acctbal, "
                + choose("i", 5, "['AUTOMOBILE','BUILDING','FURNITURE','HOUSEHOLD','MACHINERY']")
                + " AS c_mktsegment, md5((i * 5)::VARCHAR) AS c_comment FROM range(1, "
                + (rows(CUSTOMERS) + 1)
                + ") t(i)";
    }

    private String part() {
        return "SELECT i AS p_partkey, "
                + choose("i", 6, COLORS)
                + " || ' ' || "
                + choose("i", 7, COLORS)
                + " || ' ' || "
                + choose("i", 8, COLORS)
                + " AS p_name, 'Manufacturer#' || (1 + "
                + pick("i", 9, 5)
                + ") AS p_mfgr, 'Brand#' || (1 + "
                + pick("i", 9, 5)
                + ") || (1 + "
                + pick("i", 10, 5)
                + ") AS p_brand, "
                + choose("i", 11, "['STANDARD','SMALL','MEDIUM','LARGE','ECONOMY','PROMO']")
                + " || ' ' || "
                + choose("i", 12, "['ANODIZED','BURNISHED','PLATED','POLISHED','BRUSHED']")
                + " || ' ' || "
                + choose("i", 13, "['TIN','NICKEL','BRASS','STEEL','COPPER']")
                + " AS p_type, (1 + "
                + pick("i", 14, 50)
                + ")::INTEGER AS p_size, "
                + choose("i", 15, "['SM','LG','MED','JUMBO','WRAP']")
                + " || ' ' || "
                + choose("i", 16, "['CASE','BOX','BAG','JAR','PKG','PACK','CAN','DRUM']")
                + " AS p_container, (900 + (i % 1000) / 10.0)::DECIMAL(15,2) AS p_retailprice,"
                + " md5((i * 11)::VARCHAR) AS p_comment FROM range(1, "
                + (rows(PARTS) + 1)
                + ") t(i)";
    }

    private String partsupp() {
        return "SELECT p AS ps_partkey, "
                + supplierOf("p", "s")
                + " AS ps_suppkey, (1 + "
                + pick("p * 4 + s", 17, 9999)
                + ")::INTEGER AS ps_availqty, (1 + "
                + money("p * 4 + s", 18, 99_900)
                + ")::DECIMAL(15,2) AS ps_supplycost, md5((p * 4 + s)::VARCHAR) AS ps_comment FROM"
                + " range(1, "
                + (rows(PARTS) + 1)
                + ") a(p), range(4) b(s)";
    }

    /// Each part has four suppliers.
    private String supplierOf(String part, String number) {
        return "(1 + ("
                + part
                + " + "
                + number
                + " * "
                + (rows(SUPPLIERS) / 4 + 1)
                + ") % "
                + rows(SUPPLIERS)
                + ")";
    }

    private static String orderDate(String order) {
        return "(DATE '1992-01-01' + " + pick(order, 19, 2406) + "::INTEGER)";
    }

    private String orders() {
        String customer = "(1 + " + pick("i", 20, rows(CUSTOMERS)) + ")";
        return "SELECT i AS o_orderkey, CASE WHEN c % 3 = 0 THEN greatest(c - 1, 1) ELSE c END AS"
                + " o_custkey, CASE WHEN d < DATE '1995-01-01' THEN 'F' WHEN d > DATE"
                + " '1995-06-17' THEN 'O' ELSE 'P' END AS o_orderstatus, (1000 + "
                + money("i", 21, 40_000_000)
                + ")::DECIMAL(15,2) AS o_totalprice, d AS o_orderdate, "
                + choose("i", 22, "['1-URGENT','2-HIGH','3-MEDIUM','4-NOT SPECIFIED','5-LOW']")
                + " AS o_orderpriority, 'Clerk#' || "
                + pick("i", 23, 1000)
                + " AS o_clerk, 0 AS o_shippriority, CASE WHEN i % 97 = 0 THEN 'some special and"
                + " odd requests' ELSE md5((i * 13)::VARCHAR) END AS o_comment FROM (SELECT i, "
                + customer
                + " AS c, "
                + orderDate("i")
                + " AS d FROM range(1, "
                + (rows(ORDERS) + 1)
                + ") t(i))";
    }

    private String lineitem() {
        return "SELECT o AS l_orderkey, p AS l_partkey, "
                + supplierOf("p", pick("n", 24, 4))
                + " AS l_suppkey, (l + 1)::INTEGER AS l_linenumber, q::DECIMAL(15,2) AS l_quantity,"
                + " (q * (900 + (p % 1000) / 10.0))::DECIMAL(15,2) AS l_extendedprice, ("
                + pick("n", 25, 11)
                + " / 100.0)::DECIMAL(15,2) AS l_discount, ("
                + pick("n", 26, 9)
                + " / 100.0)::DECIMAL(15,2) AS l_tax, CASE WHEN s + r <= DATE '1995-06-17' THEN"
                + " (['R','A'])[1 + "
                + pick("n", 27, 2)
                + "] ELSE 'N' END AS l_returnflag, CASE WHEN s > DATE '1995-06-17' THEN 'O' ELSE"
                + " 'F' END AS l_linestatus, s AS l_shipdate, d + (30 + "
                + pick("n", 28, 61)
                + ")::INTEGER AS l_commitdate, s + r AS l_receiptdate, "
                + choose("n", 29, "['DELIVER IN PERSON','COLLECT COD','NONE','TAKE BACK RETURN']")
                + " AS l_shipinstruct, "
                + choose("n", 30, "['REG AIR','AIR','RAIL','SHIP','TRUCK','MAIL','FOB']")
                + " AS l_shipmode, left(md5((n * 17)::VARCHAR), 18) AS l_comment FROM (SELECT o, l,"
                + " n, 1 + "
                + pick("n", 31, rows(PARTS))
                + " AS p, 1 + "
                + pick("n", 32, 50)
                + " AS q, d, d + (1 + "
                + pick("n", 33, 121)
                + ")::INTEGER AS s, (1 + "
                + pick("n", 34, 30)
                + ")::INTEGER AS r FROM (SELECT o, l, o * 8 + l AS n, "
                + orderDate("o")
                + " AS d FROM range(1, "
                + (rows(ORDERS) + 1)
                + ") a(o), range(7) b(l) WHERE l <= "
                + pick("o", 35, 7)
                + "))";
    }
}
