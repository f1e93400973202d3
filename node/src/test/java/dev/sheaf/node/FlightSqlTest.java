package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.TokenRequest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;

/// The stock JDBC driver against a node: what there is, statements, what is refused.
@Timeout(60)
final class FlightSqlTest extends RunningNode {
    private static final List<String> READER = List.of("catalog.read", "query.run");
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
    void aStockClientListsAndReads() throws SQLException {
        try (Connection connection = connect(token("olga", READER, "*"))) {
            assertEquals(
                    List.of("local|customer|customers|TABLE", "local|sales|orders|TABLE"),
                    rows(connection.getMetaData().getTables(null, null, "%", null), 4));
            System.out.println(rows(connection.getMetaData().getColumns(null, "sales", "orders", "%"), 10));
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery(
                                    "SELECT id, amount FROM sales.orders ORDER BY id")) {
                assertEquals(List.of("1|5", "2|7", "3|1", "4|9"), rows(rows, 2));
            }
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            "SELECT id FROM sales.orders WHERE amount > ? AND customer = ?")) {
                statement.setInt(1, 5);
                statement.setInt(2, 10);
                assertEquals(List.of("2"), rows(statement.executeQuery(), 1));
                statement.setInt(1, 0);
                assertEquals(List.of("1", "2"), rows(statement.executeQuery(), 1));
            }
            System.out.println(rows(connection.createStatement().executeQuery("SELECT * FROM customer.customers"), 4));
        }
        try (Connection connection = connect(token("ana", READER, "sales"))) {
            SQLException refused = assertThrows(SQLException.class, () -> connection.createStatement().executeQuery("SELECT * FROM customer.customers"));
            System.out.println(refused.getMessage());
            System.out.println(rows(connection.getMetaData().getTables(null, null, "%", null), 4));
        }
        SQLException refused = assertThrows(SQLException.class, () -> connect("nonsense").createStatement().executeQuery("SELECT 1"));
        System.out.println(refused.getMessage());
    }

    private String token(String subject, List<String> scopes, String... domains) {
        return operator.createToken(
                        new TokenRequest(
                                subject,
                                scopes,
                                List.of(domains),
                                List.of(),
                                OptionalLong.of(Duration.ofHours(1).toSeconds())))
                .token();
    }

    private Connection connect(String token) throws SQLException {
        Properties properties = new Properties();
        properties.put("token", token);
        properties.put("useEncryption", "false");
        return DriverManager.getConnection(url(), properties);
    }

    private String url() {
        return "jdbc:arrow-flight-sql://127.0.0.1:" + node.flightSql().orElseThrow().getPort();
    }

    private static List<String> rows(ResultSet rows, int columns) throws SQLException {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                cells.add(String.valueOf(rows.getObject(i)));
            }
            all.add(String.join("|", cells));
        }
        return all;
    }
}
