package dev.sheaf.cli.demo;

import static dev.sheaf.cli.demo.DemoRegions.ALL;
import static dev.sheaf.cli.demo.DemoRegions.AMERICA;
import static dev.sheaf.cli.demo.DemoRegions.HOLLAND;

import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.client.GrantQuery;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultFormat;
import dev.sheaf.client.ResultStream;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenSource;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One question over three clouds, and what different people see of one product from different
/// regions.
final class QuestionScenes {
    static final String QUESTION = "examples/questions/reorder-and-spend.sql";
    private static final ProductName CUSTOMERS = ProductName.parse("customer.customers");
    private static final String PURPOSE = "churn";
    private static final String WHO_AND_WHERE =
            "SELECT customer_id, country, email FROM customer.customers ORDER BY 1 LIMIT 4";
    private static final String COUNTRIES =
            "SELECT count(*) AS customers, count(email) AS emails, count(DISTINCT country) AS"
                    + " countries, bool_or(email LIKE '%*%') AS masked FROM customer.customers";
    private static final String RIGHTS = "catalog.read,query.run,access.request";

    private final DemoStage stage;
    private final DemoRegions regions;
    private final Path installation;
    private final Path tokens;

    /// @param tokens folder for them, of this user alone
    QuestionScenes(DemoStage stage, DemoRegions regions, Path installation, Path tokens) {
        this.stage = stage;
        this.regions = regions;
        this.installation = installation;
        this.tokens = tokens;
    }

    void play() {
        ask();
        people();
    }

    private void ask() {
        stage.title(
                "Which products on open purchase orders are below their reorder point, and what was"
                        + " spent with their vendors?");
        stage.say("It asks inventory and product in Belgium and finance in Holland.");
        stage.at(AMERICA, ExitCode.OK, "sql", "--explain", "-f", QUESTION);
        List<String> expected = lines("examples/questions/answers/reorder-and-spend.csv");
        for (RegionName region : ALL) {
            stage.at(region, ExitCode.OK, "sql", "-f", QUESTION);
            stage.check(
                    "asked in " + region + ", the answer is the one of DuckDB on the raw files",
                    answer(regions.at(region), String.join("\n", lines(QUESTION)))
                            .equals(expected));
        }
    }

    private void people() {
        stage.title(
                "Three people ask for customers: an owner, an analyst with a grant, an outsider");
        token("olga", "customer", RIGHTS + ",access.decide");
        token("ana", "sales", RIGHTS);
        token("otto", "sales", RIGHTS);
        stage.at(
                HOLLAND,
                ExitCode.OK,
                "access",
                "request",
                CUSTOMERS.toString(),
                "--for",
                "ana",
                "--purpose",
                PURPOSE,
                "--until",
                "30d",
                "--reason",
                "Why customers leave");
        stage.at(HOLLAND, ExitCode.OK, "access", "approve", grant(), "--token-file", file("olga"));

        sql(HOLLAND, ExitCode.OK, "olga");
        stage.check("the owner sees all as it is", !seen(HOLLAND, "olga").contains("true"));
        stage.await("the grant is known in America", () -> isGranted(AMERICA));
        sql(HOLLAND, ExitCode.OK, "ana");
        sql(AMERICA, ExitCode.OK, "ana");
        List<Object> owner = seen(HOLLAND, "olga");
        List<Object> near = seen(HOLLAND, "ana");
        List<Object> far = seen(AMERICA, "ana");
        stage.check(
                "the analyst sees the European market only ("
                        + near.get(2)
                        + " of "
                        + owner.get(2)
                        + " countries), in both regions the same",
                !near.get(2).equals(owner.get(2)) && far.get(2).equals(near.get(2)));
        stage.check(
                "personal columns do not cross the Atlantic: "
                        + Shown.count(number(far.get(1)))
                        + " addresses there",
                number(far.get(1)) == 0 && number(near.get(1)) > 0);
        stage.say("To whoever may not know of it, it is not there:");
        sql(AMERICA, ExitCode.NOT_FOUND, "otto");
    }

    private void sql(RegionName region, ExitCode expected, String who) {
        stage.at(
                region,
                expected,
                "sql",
                WHO_AND_WHERE,
                "--purpose",
                PURPOSE,
                "--token-file",
                file(who));
    }

    private void token(String who, String domains, String scopes) {
        stage.at(
                HOLLAND,
                ExitCode.OK,
                "token",
                "create",
                "--sub",
                who,
                "--domains",
                domains,
                "--scope",
                scopes,
                "-o",
                file(who));
    }

    private String file(String who) {
        return tokens.resolve(who + ".token").toString();
    }

    private String grant() {
        return regions.at(HOLLAND)
                .access()
                .list(
                        new GrantQuery(
                                Optional.of(CUSTOMERS),
                                Optional.of("ana"),
                                Optional.of("requested"),
                                1))
                .grants()
                .getFirst()
                .id();
    }

    private boolean isGranted(RegionName region) {
        return !regions.at(region)
                .access()
                .list(
                        new GrantQuery(
                                Optional.of(CUSTOMERS),
                                Optional.of("ana"),
                                Optional.of("approved"),
                                1))
                .grants()
                .isEmpty();
    }

    /// Customers, addresses, countries, and whether addresses are masked.
    private List<Object> seen(RegionName region, String who) {
        try (SheafClient client =
                new SheafClient(
                        regions.at(region).address(), TokenSource.file(Path.of(file(who))))) {
            ResultTable result =
                    client.queryTable(
                            new QueryRequest(
                                    COUNTRIES,
                                    OptionalInt.empty(),
                                    OptionalLong.empty(),
                                    Optional.of(PURPOSE)));
            return result.rows().getFirst().stream()
                    .map(value -> Objects.requireNonNullElse(value, ""))
                    .toList();
        }
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : -1;
    }

    /// The answer line by line as CSV.
    static List<String> answer(SheafClient client, String sql) {
        QueryRequest request = new QueryRequest(sql, OptionalInt.empty(), OptionalLong.empty());
        try (ResultStream result = client.query(request, ResultFormat.CSV)) {
            return new String(result.body().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(installation.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
