package dev.sheaf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.CommandRig.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the commands of lineage ask a node, and what they show of its answers.
final class LineageCommandsTest {
    private static final String MODEL =
            """
            {"owner": {"kind": "model", "namespace": "sheaf://m/models", "name": "churn/3",
               "region": "gcp/europe-west1", "hidden": false}, "depth": 2, "throughCount": 1,
             "through": [{"place": {"product": "finance.totals", "column": "total",
               "hidden": false}, "path": [
                 {"place": {"product": "sales.orders", "column": "amount", "hidden": false}},
                 {"place": {"hidden": true}},
                 {"place": {"product": "finance.totals", "column": "total", "hidden": false}}]}]}
            """;

    @TempDir private Path folder = Path.of("");
    private CommandRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new CommandRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void impactShowsModelsWithTheColumnsThatLeadThere() {
        rig.node.answer(
                "GET",
                "/api/v1/impact?product=sales.orders&column=amount",
                200,
                """
                {"start": {"product": "sales.orders", "column": "amount", "hidden": false},
                 "products": [{"place": {"product": "finance.totals", "hidden": false}, "depth": 1,
                   "whole": false, "columns": ["total"], "columnCount": 1, "path": []}],
                 "datasets": [{"place": {"hidden": true}, "depth": 1, "whole": false,
                   "columns": [], "columnCount": 2, "path": []}],
                 "jobs": [], "models": [%s], "consumers": [], "contracts": [
                   {"product": "finance.totals", "region": "gcp/europe-west1", "contract": "c-17",
                    "version": "2.0.0", "columns": ["total"], "whole": false}],
                 "datasetCount": 2, "columnCount": 3, "ownerCount": 1, "truncated": false}
                """
                        .formatted(MODEL));
        Outcome outcome = rig.run("impact", "sales.orders.amount");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("churn/3"), outcome.out());
        assertTrue(
                outcome.out().contains("sales.orders.amount > (hidden) > finance.totals.total"),
                outcome.out());
        assertTrue(outcome.out().contains("c-17"), outcome.out());
        assertTrue(outcome.out().contains("1 models, 1 products, 2 datasets"), outcome.out());
    }

    @Test
    void lineageAsksForADatasetOfANamespace() {
        rig.node.answer(
                "GET",
                "/api/v1/lineage?dataset=public.menus&namespace=food_delivery"
                        + "&direction=upstream&depth=2",
                200,
                """
                {"direction": "upstream", "columns": [], "datasets": [], "jobs": [],
                 "models": [], "consumers": [], "datasetCount": 0, "columnCount": 0,
                 "ownerCount": 0, "truncated": false}
                """);
        Outcome outcome =
                rig.run(
                        "lineage",
                        "public.menus",
                        "--namespace",
                        "food_delivery",
                        "--upstream",
                        "--depth",
                        "2");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("nothing is known upstream"), outcome.out());
        assertEquals(2, rig.run("lineage", "a.b", "--upstream", "--downstream").status());
    }

    @Test
    void registeringSendsWhatTheModelWasTrainedOn() {
        rig.node.answer(
                "POST",
                "/api/v1/models",
                201,
                """
                {"name": "churn", "version": "3", "domain": "sales", "region": "aws/us-east-1",
                 "trainedOn": ["sales.orders.amount"], "hiddenCount": 1, "tags": {},
                 "registeredBy": "ada", "registeredAt": "2026-03-01T12:00:00Z"}
                """);
        Outcome outcome =
                rig.run(
                        "models",
                        "register",
                        "churn",
                        "--version",
                        "3",
                        "--domain",
                        "sales",
                        "--trained-on",
                        "sales.orders.amount,customer.customers");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("sales.orders.amount, (1 hidden)"), outcome.out());
        JsonNode sent = JsonMapper.shared().readTree(rig.node.asked().getFirst().body());
        assertEquals(2, sent.path("trainedOn").size());
        assertFalse(sent.has("description"));
    }

    @Test
    void aPlanNamesTheModelsThatAColumnFeeds() throws IOException {
        Files.writeString(folder.resolve("orders.yaml"), "kind: DataContract\n");
        rig.node.answer(
                "POST",
                "/api/v1/plans",
                200,
                """
                {"digest": "d", "revision": 4, "applicable": true, "problems": [], "changes": [],
                 "impacts": [{"product": "sales.orders", "column": "amount",
                   "products": ["finance.totals"], "models": ["churn/3 in gcp/europe-west1"],
                   "consumers": [], "datasetCount": 1, "ownerCount": 2}]}
                """);
        Outcome outcome = rig.run("plan", "-f", "orders.yaml");
        assertTrue(outcome.out().contains("! sales.orders.amount is used"), outcome.out());
        assertTrue(outcome.out().contains("models: churn/3 in gcp/europe-west1"), outcome.out());
    }
}
