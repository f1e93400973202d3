package dev.sheaf.product.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The answers in examples/questions/answers are what plain DuckDB computes from the raw files. Run
/// with `-Dsheaf.answers=write` to write them anew.
final class QuestionsTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("sheaf.repo", "..")).resolve("examples");

    private static Connection connection;

    @BeforeAll
    static void load() throws SQLException, IOException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (InputStream resource = QuestionsTest.class.getResourceAsStream("raw-views.sql");
                Statement statement = connection.createStatement()) {
            String sql = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            statement.execute(sql.replace("${data}", EXAMPLES.resolve("data").toString()));
        }
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    static List<String> questions() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES.resolve("questions"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sql"))
                    .map(name -> name.substring(0, name.length() - ".sql".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("questions")
    void theAnswerIsWhatTheRawFilesSay(String question) throws Exception {
        Path sql = EXAMPLES.resolve("questions").resolve(question + ".sql");
        Path answer = EXAMPLES.resolve("questions/answers").resolve(question + ".csv");
        String computed = csv(ask(Files.readString(sql)));
        if ("write".equals(System.getProperty("sheaf.answers"))) {
            Files.createDirectories(answer.getParent());
            Files.writeString(answer, computed);
        }
        assertEquals(Files.readString(answer), computed);
        assertTrue(computed.lines().count() > 1, "an example's answer should not be empty");
    }

    @Test
    void theQuestionOfTheBlueprintHasTheSameAnswerAskedInAnotherWay() throws Exception {
        List<List<String>> other =
                ask(
                        """
                        SELECT DISTINCT l.product_id
                          FROM finance."purchase-order-lines" l, product.products p
                         WHERE p.product_id = l.product_id
                           AND l.purchase_order_id IN (SELECT purchase_order_id
                                 FROM finance."purchase-orders" WHERE status[1] IN ('p', 'a'))
                           AND p.reorder_point > (SELECT coalesce(sum(quantity), 0)
                                 FROM inventory.stock s WHERE s.product_id = l.product_id)
                         ORDER BY l.product_id
                        """);
        List<String> asked =
                ask(Files.readString(EXAMPLES.resolve("questions/reorder-and-spend.sql"))).stream()
                        .skip(1)
                        .map(List::getFirst)
                        .distinct()
                        .sorted()
                        .toList();
        assertEquals(other.stream().skip(1).map(List::getFirst).sorted().toList(), asked);
    }

    @Test
    void theRawDataAreAsDirtyAsTheyAreSaidToBe() throws Exception {
        List<List<String>> counts =
                ask(
                        """
                        SELECT (SELECT count(*) FROM read_csv('%s/data/online-retail/*.csv',
                                  header = true, all_varchar = true)),
                               (SELECT count(*) FROM sales.all_lines),
                               (SELECT count(*) FROM sales.orders)
                        """
                                .formatted(EXAMPLES));
        assertEquals(List.of("22523", "22202", "22025"), counts.get(1));
    }

    /// The first row holds the names.
    private static List<List<String>> ask(String sql) throws SQLException {
        String plain = sql.replace("sales.orders AT (VERSION => 1)", "sales.orders_first");
        String asText = "SELECT COLUMNS(*)::VARCHAR FROM (" + plain + "\n)";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(asText)) {
            int columns = rows.getMetaData().getColumnCount();
            List<List<String>> result = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                names.add(rows.getMetaData().getColumnName(i));
            }
            result.add(names);
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(rows.getString(i)));
                }
                result.add(row);
            }
            return result;
        }
    }

    private static String csv(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            List<String> cells =
                    row.stream()
                            .map(cell ->
                                    cell.matches("(?s).*[\",\n].*")
                                            ? '"' + cell.replace("\"", "\"\"") + '"'
                                            : cell)
                            .toList();
            text.append(String.join(",", cells)).append('\n');
        }
        return text.toString();
    }
}
