package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.AuditSearch;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.SheafClient;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// The stock JDBC driver against a node: what there is, statements, what is refused.
@Timeout(120)
final class FlightSqlTest extends RunningNode {
    private static final List<String> READER = List.of("catalog.read", "query.run");
    private static final AuditSearch OLGA =
            new AuditSearch(
                    Optional.empty(),
                    Optional.empty(),
                    List.of("olga"),
                    List.of(),
                    List.of(),
                    List.of());

    private final MovingClock clock = new MovingClock();

    @BeforeEach
    void start() throws IOException {
        open(clock);
        SmallShop.publish(
                operator,
                folder,
                SmallShop.ORDERS,
                "azure/westeurope",
                "",
                "id integer, customer integer, thing integer, amount integer",
                """
                id,customer,thing,amount
                1,10,100,5
                2,10,101,7
                3,11,100,1
                4,12,102,9
                """);
        SmallShop.publish(
                operator,
                folder,
                SmallShop.CUSTOMERS,
                "azure/westeurope",
                "{property: sheaf.retentionDays, value: 90}",
                "id integer, name string name, email string email, country string",
                """
                id,name,email,country
                10,Ada hushedvalue,ada@hushedvalue.example,FR
                11,Ben hushedvalue,ben@hushedvalue.example,DE
                """);
    }

    @Test
    void whatThereIsIsListedAsFarAsTheCallerMayKnow() throws SQLException {
        try (Connection connection = olga()) {
            String orders = "sales|orders|TABLE";
            String customers = "customer|customers|TABLE";
            assertEquals(List.of(customers, orders), JdbcRows.tables(connection, null, "%", "%"));
            assertEquals(List.of(orders), JdbcRows.tables(connection, "local", "s_les", "%r%"));
            assertEquals(List.of(), JdbcRows.tables(connection, "elsewhere", "%", "%"));
            assertEquals(List.of(), JdbcRows.tables(connection, null, "%", "Orders"));
            assertEquals(List.of(), JdbcRows.tables(connection, null, "s\\_les", "%"));
            assertEquals(
                    List.of("customer|local", "sales|local"),
                    JdbcRows.all(connection.getMetaData().getSchemas()));
            assertEquals(List.of("local"), JdbcRows.all(connection.getMetaData().getCatalogs()));
            assertEquals(List.of("TABLE"), JdbcRows.all(connection.getMetaData().getTableTypes()));
            try (ResultSet columns =
                    connection.getMetaData().getColumns("local", "customer", "customers", "%")) {
                assertTrue(columns.next());
                assertEquals("id", columns.getString("COLUMN_NAME"));
                assertEquals("BIGINT", columns.getString("TYPE_NAME"));
                assertTrue(columns.next());
                assertEquals("name", columns.getString("COLUMN_NAME"));
                assertEquals("VARCHAR", columns.getString("TYPE_NAME"));
            }
            assertEquals("Sheaf", connection.getMetaData().getDatabaseProductName());
            assertTrue(connection.getMetaData().isReadOnly());
        }
        try (Connection connection =
                JdbcRows.connect(node, token("ana", READER, List.of(), "hr"))) {
            assertEquals(listedOverHttp("ana", "hr"), JdbcRows.tables(connection, null, "%", "%"));
        }
        // The driver passes it on as it is.
        Exception told =
                assertThrows(
                        Exception.class,
                        () -> {
                            try (Connection connection =
                                    JdbcRows.connect(
                                            node,
                                            token("q", List.of("query.run"), List.of(), "*"))) {
                                JdbcRows.tables(connection, null, "%", "%");
                            }
                        });
        assertTrue(String.valueOf(told.getMessage()).contains("catalog.read"), told.toString());
    }

    /// The contract of orders says of what its columns are keys.
    private void relate() {
        List<ManifestFile> files =
                SmallShop.manifests(
                                SmallShop.ORDERS,
                                "azure/westeurope",
                                "",
                                "id integer, customer integer, thing integer, amount integer")
                        .files()
                        .stream()
                        .map(file -> new ManifestFile(file.path(), related(file)))
                        .toList();
        operator.apply(new Manifests(files, Optional.empty()));
    }

    private static byte[] related(ManifestFile file) {
        String customers = "customer.customers.yaml#/schema/customers/properties/";
        return new String(file.content(), StandardCharsets.UTF_8)
                .replace("version: 1.0.0", "version: 1.1.0")
                .replace(
                        "    properties:\n",
                        "    relationships:\n"
                                + "      - {from: [orders.thing, orders.amount], to: ["
                                + customers
                                + "id, "
                                + customers
                                + "country]}\n"
                                + "      - {from: orders.thing, to:"
                                + " catalog.things.yaml#/schema/things/properties/id}\n"
                                + "    properties:\n")
                .replace(
                        "      - name: customer\n",
                        "      - name: customer\n        relationships: [{to: "
                                + customers
                                + "id}]\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void keysBetweenTablesAreToldAsFarAsTheCallerMayKnowOfBoth() throws SQLException {
        relate();
        String customer =
                "local|customer|customers|id|local|sales|orders|customer|1"
                        + "|orders (customer) to customer.customers|null|3|3|null";
        String pair = "|orders (thing, amount) to customer.customers|null|3|3|null";
        List<String> all =
                List.of(
                        customer,
                        "local|customer|customers|id|local|sales|orders|thing|1" + pair,
                        "local|customer|customers|country|local|sales|orders|amount|2" + pair);
        try (Connection connection = olga()) {
            DatabaseMetaData told = connection.getMetaData();
            assertEquals(all, JdbcRows.all(told.getImportedKeys("local", "sales", "orders")));
            assertEquals(all, JdbcRows.all(told.getExportedKeys(null, "customer", "customers")));
            assertEquals(
                    all,
                    JdbcRows.all(
                            told.getCrossReference(
                                    null, "customer", "customers", null, "sales", "orders")));
            for (ResultSet none :
                    List.of(
                            told.getImportedKeys("elsewhere", "sales", "orders"),
                            told.getImportedKeys(null, "sales", "customers"),
                            told.getImportedKeys(null, "customer", "customers"),
                            told.getExportedKeys(null, "sales", "orders"),
                            told.getCrossReference(
                                    null, "sales", "orders", null, "customer", "customers"))) {
                assertEquals(List.of(), JdbcRows.all(none));
            }
        }
        try (Connection connection =
                JdbcRows.connect(node, token("sam", READER, List.of(), "sales"))) {
            DatabaseMetaData told = connection.getMetaData();
            assertEquals(
                    List.of("sales|orders|TABLE"), JdbcRows.tables(connection, null, "%", "%"));
            assertEquals(List.of(), JdbcRows.all(told.getImportedKeys(null, "sales", "orders")));
            assertEquals(
                    List.of(), JdbcRows.all(told.getExportedKeys(null, "customer", "customers")));
        }
    }

    private List<String> listedOverHttp(String subject, String domain) {
        return as(subject, READER, List.of(), domain).products().stream()
                .map(product -> product.name().replace(".", "|") + "|TABLE")
                .toList();
    }

    @Test
    void statementsAreAnsweredAndOnRecordAsOverHttp() throws SQLException {
        try (Connection connection = olga()) {
            assertEquals(
                    List.of("1|5", "2|7", "3|1", "4|9"),
                    JdbcRows.of(connection, "SELECT id, amount FROM sales.orders ORDER BY id"));
            assertEquals(
                    List.of("4"),
                    JdbcRows.of(
                            connection,
                            "SELECT count(*) FROM \"local\".\"sales\".\"orders\" WHERE"
                                    + " \"local\".\"sales\".\"orders\".\"id\" > 0"));
            assertEquals(
                    List.of("id|BIGINT", "amount|BIGINT"),
                    JdbcRows.of(
                            connection,
                            "SELECT column_name, column_type FROM (DESCRIBE SELECT id, amount"
                                    + " FROM sales.orders)"));
            // More than one connection takes at once, and two statements at a time.
            try (Statement one = connection.createStatement();
                    Statement two = connection.createStatement();
                    ResultSet many = one.executeQuery("SELECT range AS i FROM range(300000)");
                    ResultSet few = two.executeQuery("SELECT 7")) {
                assertTrue(few.next());
                assertEquals(7, few.getInt(1));
                long sum = 0;
                while (many.next()) {
                    sum += many.getLong(1);
                }
                assertEquals(299_999L * 300_000 / 2, sum);
            }
        }
        SheafClient vera =
                as("vera", List.of("audit.read", "catalog.read"), List.of("auditor"), "*");
        List<String> actions =
                vera.audit().search(OLGA, true, Optional.empty(), 100).entries().stream()
                        .filter(entry -> entry.toString().contains("flight-sql"))
                        .map(entry -> entry.action() + " " + entry.decision())
                        .toList();
        assertTrue(actions.contains("query.read allow"), actions.toString());
        assertTrue(actions.contains("query.run none"), actions.toString());
    }

    @Test
    void parametersAreBoundWhateverTheirTypes() throws SQLException {
        try (Connection connection = olga()) {
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            "SELECT id FROM sales.orders WHERE amount > ? AND customer = ? ORDER BY"
                                    + " id LIMIT ?")) {
                statement.setLong(1, 5);
                statement.setInt(2, 10);
                statement.setLong(3, 10);
                assertEquals(List.of("2"), JdbcRows.of(statement));
                statement.setLong(1, 0);
                assertEquals(List.of("1", "2"), JdbcRows.of(statement));
                statement.setLong(3, 1);
                assertEquals(List.of("1"), JdbcRows.of(statement));
            }
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            "SELECT ?::VARCHAR, ?::DOUBLE, ?::DECIMAL(9,2), ?::DATE, ?::TIMESTAMP,"
                                    + " ?::BOOLEAN, ?::BLOB, ?::INTEGER, ?::TIME")) {
                statement.setString(1, "it's; DROP TABLE x --\uD83D\uDE00");
                statement.setDouble(2, 0.1);
                statement.setBigDecimal(3, new BigDecimal("12.34"));
                statement.setDate(4, Date.valueOf("2026-02-28"));
                statement.setTimestamp(5, Timestamp.valueOf("2026-02-28 10:11:12.5"));
                statement.setBoolean(6, true);
                statement.setBytes(7, "a\0\u00ff".getBytes(StandardCharsets.ISO_8859_1));
                statement.setNull(8, java.sql.Types.INTEGER);
                statement.setTime(9, Time.valueOf("10:11:12"));
                try (ResultSet row = statement.executeQuery()) {
                    assertTrue(row.next());
                    assertEquals("it's; DROP TABLE x --\uD83D\uDE00", row.getString(1));
                    assertEquals(0.1, row.getDouble(2));
                    assertEquals(new BigDecimal("12.34"), row.getBigDecimal(3));
                    assertEquals(Date.valueOf("2026-02-28"), row.getDate(4));
                    assertEquals(Timestamp.valueOf("2026-02-28 10:11:12.5"), row.getTimestamp(5));
                    assertTrue(row.getBoolean(6));
                    assertEquals(
                            "a\0\u00ff", new String(row.getBytes(7), StandardCharsets.ISO_8859_1));
                    assertEquals(0, row.getInt(8));
                    assertTrue(row.wasNull());
                    assertEquals(Time.valueOf("10:11:12"), row.getTime(9));
                }
            }
            String unbound =
                    refused(() -> {
                        try (PreparedStatement statement =
                                connection.prepareStatement("SELECT ? + 1")) {
                            JdbcRows.of(statement);
                        }
                    });
            assertFalse(unbound.isBlank());
        }
    }

    @Test
    void whatIsRefusedIsSaidWithItsReason() throws SQLException {
        try (Connection connection =
                JdbcRows.connect(node, token("ana", READER, List.of(), "hr"))) {
            String told =
                    refused(() -> JdbcRows.of(connection, "SELECT email FROM customer.customers"));
            assertTrue(told.contains("customer.customers"), told);
        }
        try (Connection connection = olga()) {
            for (String sql :
                    List.of(
                            "SELECT * FROM read_csv('/etc/passwd')",
                            "SELEC 1",
                            "SELECT nothing FROM sales.orders",
                            "SELECT 1; SELECT 2",
                            "DELETE FROM sales.orders",
                            "SELECT * FROM sales.oders")) {
                String told = refused(() -> JdbcRows.of(connection, sql));
                assertTrue(told.contains("SQL") || told.contains("did you"), told);
            }
            String values =
                    refused(() ->
                            JdbcRows.of(
                                    connection,
                                    "SELECT CAST(email AS INTEGER) FROM" + " customer.customers"));
            assertFalse(values.contains(SmallShop.HIDDEN), values);
            try (Statement statement = connection.createStatement()) {
                refused(() -> statement.executeUpdate("DELETE FROM sales.orders"));
            }
            assertEquals(
                    List.of("4"), JdbcRows.of(connection, "SELECT count(*) FROM sales.orders"));
        }
    }

    @Test
    void nobodyComesInWithoutAToken() throws SQLException {
        assertTrue(refused(() -> JdbcRows.connect(node, "nonsense")).contains("UNAUTHENTICATED"));
        assertTrue(
                refused(
                                () -> {
                                    try (Connection connection =
                                            JdbcRows.connect(node, new Properties())) {
                                        JdbcRows.of(connection, "SELECT 1");
                                    }
                                })
                        .contains("no token"));
        String token = token("olga", READER, List.of(), "*");
        Properties named = new Properties();
        named.setProperty("user", "whoever");
        named.setProperty("password", token);
        named.setProperty("purpose", "billing");
        named.setProperty("rowsMax", "2");
        try (Connection connection = JdbcRows.connect(node, named)) {
            assertEquals(
                    List.of("1", "2"),
                    JdbcRows.of(connection, "SELECT id FROM sales.orders ORDER BY id"));
        }
        named.setProperty("password", "guess");
        refused(() -> JdbcRows.connect(node, named));

        try (Connection connection = JdbcRows.connect(node, token)) {
            assertEquals(List.of("1"), JdbcRows.of(connection, "SELECT 1"));
            clock.advance(Duration.ofHours(13));
            String over = refused(() -> JdbcRows.of(connection, "SELECT 1"));
            assertTrue(over.contains("Expired"), over);
        }
    }

    private Connection olga() throws SQLException {
        return JdbcRows.connect(node, token("olga", READER, List.of(), "*"));
    }

    /// What the driver says.
    private static String refused(Executable call) {
        return String.valueOf(assertThrows(SQLException.class, call).getMessage());
    }
}
