package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.CostQuery;
import dev.sheaf.client.CostRow;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.PolicyApply;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What statements take out of a region is metered there, and held to its domains' budgets.
@Timeout(300)
final class CostsAcrossRegionsTest extends TwoRegions {
    private static final List<String> ALL = List.of(AWS, AZURE, GCP);
    private static final String THINGS = "SELECT * FROM catalog.things ORDER BY id";

    CostsAcrossRegionsTest() {
        super("query.run", "catalog.read");
    }

    @BeforeEach
    void open() throws IOException {
        for (String region : ALL) {
            startAmong(ALL, region, "");
        }
        SmallShop.open(operator(AWS), operator(AZURE), operator(GCP), folder);
        for (String region : ALL) {
            SheafClient client = operator(region);
            until(
                    "all is known in " + region,
                    () ->
                            client.products().stream()
                                            .filter(each -> each.currentRelease().isPresent())
                                            .count()
                                    == ALL.size());
        }
    }

    @Test
    void whatLeftIsMeteredWhereItLeft() {
        assertEquals(3, ask(as(AWS, "olga", "*")).rows().size());
        SheafClient home = operator(GCP);
        until("it is metered", () -> row(home, "product", SmallShop.THINGS.toString()).isPresent());
        CostRow row = row(home, "product", SmallShop.THINGS.toString()).orElseThrow();
        assertTrue(row.bytes() > 0, row::toString);
        assertEquals(1, row.transfers());
        assertTrue(row.cost().endsWith(" USD") && !row.cost().equals("0 USD"), row::toString);
        assertTrue(row(home, "destination", AWS).isPresent());
        assertTrue(row(operator(AWS), "product", SmallShop.THINGS.toString()).isEmpty());
    }

    @Test
    void aSpentBudgetRefusesOtherRegionsAndNotItsOwn() throws IOException {
        budget("0.0000000001 USD", "refuse");
        Problem told = assertThrows(Problem.class, () -> ask(as(AWS, "olga", "*")));
        assertEquals(ProblemCode.COST_EXCEEDED, told.code(), told.message());
        for (String part : List.of("catalog", "0.0000000001 USD", "renews")) {
            assertTrue(told.message().contains(part), told.message());
        }
        assertEquals(3, ask(as(GCP, "olga", "*")).rows().size());
        budget("5 USD", "refuse");
        assertEquals(3, ask(as(AWS, "olga", "*")).rows().size());
        until(
                "nothing is held any more",
                () ->
                        operator(GCP)
                                .costs()
                                .report(by("domain"))
                                .budgets()
                                .getFirst()
                                .reserved()
                                .equals("0 USD"));
    }

    @Test
    void policyCapsWhatAnAnswerMayCost() {
        cap("0.0000000001 USD");
        Problem told = assertThrows(Problem.class, () -> ask(as(AWS, "olga", "*")));
        assertEquals(ProblemCode.COST_EXCEEDED, told.code(), told.message());
        assertTrue(told.message().contains("0.0000000001 USD"), told.message());
        assertEquals(3, ask(as(GCP, "olga", "*")).rows().size());
        cap("1 USD");
        assertEquals(3, ask(as(AWS, "olga", "*")).rows().size());
    }

    private void cap(String most) {
        operator(GCP)
                .policies()
                .apply(
                        new PolicyApply(
                                Map.of(
                                        "caps.rego",
                                        "package rules.caps\nmax_cost contains \"%s\" if"
                                                        .formatted(most)
                                                + " input.action == \"product.query\"\n"),
                                OptionalInt.empty(),
                                Optional.of(true),
                                "",
                                OptionalLong.empty()));
    }

    private void budget(String monthly, String action) throws IOException {
        operator(GCP)
                .apply(
                        new Manifests(
                                List.of(
                                        new ManifestFile(
                                                "domain.yaml",
                                                """
                                                apiVersion: sheaf.dev/v1
                                                kind: Domain
                                                name: catalog
                                                homeRegion: gcp/europe-west1
                                                owner: catalog@example.com
                                                budget: {monthly: "%s", action: %s}
                                                """
                                                        .formatted(monthly, action)
                                                        .getBytes(StandardCharsets.UTF_8))),
                                Optional.empty()));
    }

    private static CostQuery by(String what) {
        return new CostQuery(what, Optional.empty(), Optional.empty());
    }

    private static Optional<CostRow> row(SheafClient client, String by, String key) {
        return client.costs().report(by(by)).rows().stream()
                .filter(row -> row.key().equals(key))
                .findFirst();
    }

    private static ResultTable ask(SheafClient client) {
        return client.queryTable(
                new QueryRequest(
                        THINGS,
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
