package dev.sheaf.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which columns statements read, checked by hand: of `sales.orders` (id, customer, amount),
/// `archive.orders` (the same), `customer.customers` (id, email, area, address; a row filter looks
/// at area, a mask at email) and `web.events` (id, name, day).
class ReadColumnsTest extends OnExampleMesh {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // selected
                "SELECT id FROM sales.orders | orders id",
                "SELECT * FROM sales.orders | orders amount customer id",
                "FROM sales.orders | orders amount customer id",
                "SELECT o.* FROM sales.orders o | orders amount customer id",
                "SELECT * EXCLUDE (customer) FROM sales.orders | orders amount id",
                "SELECT * EXCLUDE (ID, AMOUNT) FROM sales.orders | orders customer",
                "SELECT * REPLACE (id * 2 AS amount) FROM sales.orders | orders amount customer id",
                "SELECT COLUMNS('^a') FROM sales.orders | orders amount",
                "SELECT COLUMNS(lambda c: c LIKE 'c%') FROM sales.orders | orders customer",
                "SELECT \"ID\", Customer FROM sales.Orders | orders customer id",
                "SELECT sales.orders.amount FROM sales.orders | orders amount",
                "SELECT o FROM sales.orders o | orders amount customer id",
                "SELECT id AS k, k + 1 AS l FROM sales.orders | orders id",
                "SELECT address.street FROM customer.customers | customers address",
                "SELECT address['no'] FROM customer.customers | customers address",
                "SELECT email FROM customer.customers | customers email",
                "SELECT 1 FROM customer.customers WHERE area = 'EU' | customers area",
                "SELECT id, 1 FROM sales.orders LIMIT 0 | orders id",
                // decided by
                "SELECT id FROM sales.orders WHERE amount > 1 | orders amount id",
                "SELECT id FROM sales.orders WHERE amount > 1 OR true | orders amount id",
                "SELECT id FROM sales.orders WHERE 1 = 0 AND customer = 'a' | orders customer id",
                "SELECT id FROM sales.orders ORDER BY amount LIMIT 1 | orders amount id",
                "SELECT customer FROM sales.orders GROUP BY ALL HAVING max(amount) > 1"
                        + " | orders amount customer",
                "SELECT count(*) FILTER (WHERE amount > 1) FROM sales.orders | orders amount",
                "SELECT DISTINCT ON (customer) id FROM sales.orders | orders customer id",
                "SELECT id FROM sales.orders QUALIFY row_number() OVER (PARTITION BY customer"
                        + " ORDER BY amount) = 1 | orders amount customer id",
                "SELECT sum(amount) OVER w FROM sales.orders WINDOW w AS (ORDER BY id)"
                        + " | orders amount id",
                "SELECT sum(amount) FROM sales.orders GROUP BY GROUPING SETS ((id), (customer))"
                        + " | orders amount customer id",
                "SELECT list_transform([1], lambda x: x + id) FROM sales.orders | orders id",
                "SELECT list(amount ORDER BY id) FROM sales.orders | orders amount id",
                "SELECT CASE WHEN id > 1 THEN customer END FROM sales.orders | orders customer id",
                // joined
                "SELECT o.amount FROM sales.orders o JOIN web.events e ON o.id = e.id"
                        + " | events id, orders amount id",
                "SELECT amount FROM sales.orders JOIN web.events USING (id)"
                        + " | events id, orders amount id",
                "SELECT name FROM sales.orders NATURAL JOIN web.events | events id name, orders id",
                "SELECT o.customer FROM sales.orders o LEFT JOIN web.events e ON o.id = e.id"
                        + " | events id, orders customer id",
                "SELECT e.name FROM web.events e ANTI JOIN sales.orders o ON e.id = o.id"
                        + " | events id name, orders id",
                "SELECT x.n FROM sales.orders o, LATERAL (SELECT name AS n FROM web.events e WHERE"
                        + " e.id = o.id) x | events id name, orders id",
                "SELECT e.name FROM sales.orders o ASOF JOIN web.events e ON o.id >= e.id"
                        + " | events id name, orders id",
                "SELECT a.id FROM sales.orders a JOIN sales.orders b ON a.customer = b.customer"
                        + " | orders customer id",
                "SELECT a.id FROM sales.orders a JOIN archive.orders b ON a.id = b.id AND b.amount"
                        + " > 1 | archive amount id, orders id",
                // within
                "SELECT id FROM sales.orders WHERE id IN (SELECT id FROM web.events WHERE name ="
                        + " 'a') | events id name, orders id",
                "SELECT o.customer FROM sales.orders o WHERE EXISTS (SELECT 1 FROM web.events e"
                        + " WHERE e.id = o.id) | events id, orders customer id",
                "SELECT o.id, (SELECT max(name) FROM web.events e WHERE e.id = o.amount) FROM"
                        + " sales.orders o | events id name, orders amount id",
                "SELECT id FROM (SELECT * FROM sales.orders) | orders id",
                "WITH o AS (SELECT * FROM sales.orders), e AS (FROM web.events) SELECT o.amount,"
                        + " e.name FROM o JOIN e ON o.id = e.id | events id name, orders amount id",
                "WITH o AS (SELECT * FROM sales.orders) SELECT a.id, b.amount FROM o a JOIN o b"
                        + " USING (id) | orders amount id",
                "WITH o AS MATERIALIZED (FROM sales.orders) SELECT id FROM o UNION SELECT id + 1"
                        + " FROM o | orders id",
                "WITH RECURSIVE r AS (SELECT id FROM sales.orders UNION ALL SELECT r.id + e.id FROM"
                        + " r JOIN web.events e ON e.id = r.id WHERE r.id < 3) FROM r"
                        + " | events id, orders id",
                "SELECT id FROM (SELECT id, customer FROM sales.orders) | orders customer id",
                "SELECT id FROM sales.orders UNION ALL SELECT id FROM web.events WHERE day IS NULL"
                        + " | events day id, orders id",
                "SELECT id FROM sales.orders EXCEPT SELECT id FROM archive.orders"
                        + " | archive id, orders id",
                "SELECT id, name FROM (SELECT id FROM sales.orders) JOIN (SELECT e.name FROM"
                        + " web.events e) ON true | events name, orders id",
                "FROM web.events PIVOT (count(id) FOR name IN ('n1', 'n2') GROUP BY day)"
                        + " | events day id name",
                "FROM (SELECT id, name FROM web.events) UNPIVOT (v FOR k IN (name))"
                        + " | events id name",
                "SUMMARIZE sales.orders | orders amount customer id",
                "VALUES ((SELECT max(id) FROM sales.orders)) | orders id",
                "SELECT o.id FROM sales.orders o AT (VERSION => 2) JOIN sales.orders p AT (VERSION"
                    + " => 3) ON o.customer = p.customer | orders@2 customer id, orders@3 customer",
                // all, as rows are looked at without any column, or as nothing says which
                "SELECT count(*) FROM sales.orders | orders *",
                "SELECT name FROM sales.orders, web.events | events name, orders *",
                "SELECT 1 WHERE EXISTS (FROM sales.orders) | orders *",
                "WITH unused AS (FROM sales.orders) SELECT id FROM web.events"
                        + " | events id, orders *",
                "DESCRIBE sales.orders | orders *",
                "SELECT 1 | ``",
            })
    void readsWhatTheResultDependsOn(String sql, String expected) {
        assertEquals(expected, read(sql));
    }

    @Test
    void countsWhatAMaskIsMadeOfAndNotWhatARowFilterLooksAt() {
        assertEquals("customers id", read("SELECT id FROM customer.customers"));
    }

    @Test
    void statementsThatDifferInValuesAreOneAndOthersAreNot() {
        assertEquals("orders id", read("SELECT id FROM sales.orders WHERE id IN (1, 2, 3)"));
        assertEquals("orders id", read("SELECT id FROM sales.orders WHERE id IN (9)"));
        assertEquals(
                "orders customer",
                read("SELECT COLUMNS(lambda c: c = 'customer') FROM sales.orders"));
        assertEquals(
                "orders amount", read("SELECT COLUMNS(lambda c: c = 'amount') FROM sales.orders"));
        String grouped =
                "SELECT max(id) FROM (SELECT id, customer, amount FROM sales.orders) ORDER";
        assertTrue(read(grouped + " BY 1").contains("id"));
    }

    @Test
    void nobodyIsAskedWhoHasNoUseForIt() {
        List<TableRead> reads = new ArrayList<>();
        ReadListener listener =
                new ReadListener() {
                    @Override
                    public void reading(List<TableRead> tables) {
                        reads.addAll(tables);
                    }

                    @Override
                    public void refused(ProductName product) {
                        throw new AssertionError(product + " is refused");
                    }
                };
        service.run(mesh.request("SELECT id FROM sales.orders"), listener).close();
        assertTrue(reads.getFirst().columns().isEmpty());
    }

    private static String read(String sql) {
        HeardReads heard = new HeardReads();
        service.run(mesh.request(sql), heard).close();
        List<TableRead> reads = heard.tables;
        boolean isOfReleases =
                reads.stream().map(TableRead::product).distinct().count() < reads.size();
        return reads.stream()
                .map(read -> text(read, isOfReleases))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /// By the last part of the name, or the domain for the archive.
    private static String text(TableRead read, boolean withRelease) {
        String domain = read.product().domain().toString();
        return (domain.equals("archive") ? domain : read.product().name())
                + (withRelease ? "@" + read.release() : "")
                + " "
                + read.columns().map(all -> String.join(" ", new TreeSet<>(all))).orElse("*");
    }
}
