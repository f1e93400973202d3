package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.client.LineageAnswer;
import dev.sheaf.client.LineageQuery;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// Stock tools that report lineage and register models: openlineage-python with its three
/// transports, a dbt project on DuckDB through dbt-ol, MLflow's client. Needs a Python with
/// `openlineage-dbt`, `dbt-duckdb` and `mlflow-skinny` (`python3`, or what SHEAF_PYTHON names);
/// skipped without.
@Tag("peers")
@Timeout(300)
final class LineageClientsTest extends RunningNode {
    private static final String PYTHON =
            Objects.requireNonNullElse(System.getenv("SHEAF_PYTHON"), "python3");

    @Test
    void stockToolsReportAndRegister() throws IOException, InterruptedException {
        open(Clock.systemUTC());
        assumeTrue(
                isPythonThere(), "no " + PYTHON + " with openlineage-dbt, dbt-duckdb and mlflow");
        SmallShop.publish(
                operator,
                folder,
                ProductName.parse("sales.orders"),
                "azure/westeurope",
                "",
                "id integer, amount integer",
                "id,amount\n1,5\n");
        Path repository = Path.of(System.getProperty("sheaf.repo", ".."));
        Path project = Files.createDirectory(folder.resolve("tools"));
        assertEquals(
                List.of(
                        "ok openlineage plain",
                        "ok openlineage packed",
                        "ok openlineage async",
                        "ok dbt",
                        "ok mlflow"),
                lines(
                        PYTHON,
                        repository
                                .resolve(
                                        "node/src/test/resources/dev/sheaf/node/lineage_clients.py")
                                .toString(),
                        node.url().toString(),
                        Files.readString(folder.resolve("data/keys/operator.token")).strip(),
                        project.toString(),
                        repository
                                .resolve("examples/data/online-retail/2010-12-01.csv")
                                .toAbsolutePath()
                                .toString()));

        for (String[] pair : new String[][] {{"a", "b"}, {"b2", "c"}, {"c2", "d"}}) {
            assertEquals(List.of(pair[0] + "[amount]"), upstream("files", pair[1]));
        }
        assertEquals(
                List.of("shop.main.lines[spent]", "read_csv[Quantity, UnitPrice]"),
                upstream(
                        "duckdb://" + project.resolve("shop.duckdb").toAbsolutePath(),
                        "shop.main.by_country"));
        assertEquals(List.of("churn/1"), models("id"));
        assertEquals(List.of("churn/2"), models("amount"));
    }

    private static boolean isPythonThere() throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    PYTHON,
                                    "-c",
                                    "import mlflow, openlineage.dbt, dbt.adapters.duckdb")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    /// What the program says of what worked; its end counts, too.
    private static List<String> lines(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines().filter(line -> line.startsWith("ok ")).toList();
    }

    /// The columns from which the column `spent` is made.
    private List<String> upstream(String namespace, String name) {
        LineageAnswer answer =
                operator.lineage()
                        .lineage(
                                new LineageQuery(
                                        Optional.empty(),
                                        Optional.of(name),
                                        Optional.of(namespace),
                                        Optional.of("spent")),
                                true,
                                OptionalInt.empty(),
                                OptionalInt.empty());
        return answer.datasets().stream()
                .map(each -> each.place().name().orElse("hidden") + each.columns())
                .toList();
    }

    /// The models that a change of a column of sales.orders touches.
    private List<String> models(String column) {
        return operator
                .lineage()
                .impact(
                        new LineageQuery(
                                Optional.of("sales.orders"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(column)),
                        OptionalInt.empty())
                .models()
                .stream()
                .map(each -> each.owner().name().orElse("hidden"))
                .sorted()
                .toList();
    }
}
