package dev.sheaf.product.apply;

import static dev.sheaf.product.apply.Samples.contract;
import static dev.sheaf.product.apply.Samples.domain;
import static dev.sheaf.product.apply.Samples.product;
import static dev.sheaf.product.apply.Samples.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.Source;
import dev.sheaf.contract.diff.Change;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.apply.PlannedChange.Action;
import dev.sheaf.product.apply.PlannedChange.Kind;
import dev.sheaf.product.ledger.JdbcLedger;
import dev.sheaf.product.ledger.LedgerSamples;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

final class PlannerTest {
    @TempDir private Path folder;

    private final Planner planner = new Planner(SpecCheck.none());
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger =
                JdbcLedger.onSqlite(
                        folder.resolve("ledger.db"), new ProductSpecReader(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private Plan plan(Prune prune, Source... sources) {
        return planner.plan(DeclaredState.of(ledger), ManifestReader.read(List.of(sources)), prune);
    }

    private Plan plan(Source... sources) {
        return plan(Prune.NOTHING, sources);
    }

    private void apply(Plan plan) {
        assertTrue(plan.isApplicable(), PlanText.of(plan));
        ledger.apply(plan.revision(), plan.ledgerChanges());
    }

    private void applyOrders() {
        apply(plan(domain("sales"), product("sales", "orders"), orders("1.0.0", "id", "amount")));
    }

    private static Source orders(String version, String... columns) {
        return contract("sales", "orders", version, columns);
    }

    private void assertFault(String expected, Source... sources) {
        Problem problem = assertThrows(Problem.class, () -> plan(sources));
        assertEquals(ProblemCode.INVALID_CONTRACT, problem.code());
        assertTrue(problem.message().contains(expected), problem.message());
    }

    private static Source edited(Source source, String from, String to) {
        String text = new String(source.bytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains(from), text);
        return source(source.name(), text.replace(from, to));
    }

    @Test
    void createsWhatIsNotThere() {
        Plan plan =
                plan(domain("sales"), product("sales", "orders"), orders("1.0.0", "id", "amount"));
        assertEquals(3, plan.count(Action.CREATE));
        assertEquals(0, plan.revision());
        String text = PlanText.of(plan);
        assertTrue(text.contains("+ domain sales  (sales.yaml)"), text);
        assertTrue(text.contains("Plan: 3 to create, 0 to change, 0 to delete"), text);
    }

    @Test
    void theSameManifestsAgainChangeNothing() {
        applyOrders();
        Plan again =
                plan(domain("sales"), product("sales", "orders"), orders("1.0.0", "id", "amount"));
        assertTrue(again.isEmpty());
        assertEquals(3, again.count(Action.UNCHANGED));
        assertTrue(PlanText.of(again).startsWith("No changes."), PlanText.of(again));
    }

    @Test
    void showsEachFieldThatDiffers() {
        applyOrders();
        Plan plan =
                plan(
                        domain("sales", "aws/eu-central-1"),
                        orders("1.1.0", "id", "amount", "currency"));
        PlannedChange change = plan.changes().getFirst();
        assertEquals(Kind.DOMAIN, change.kind());
        assertEquals("homeRegion", change.fields().getFirst().path());
        assertEquals('~', change.fields().getFirst().sign());
        String text = PlanText.of(plan);
        assertTrue(text.contains("~ version: \"1.0.0\" -> \"1.1.0\""), text);
        assertTrue(text.contains("+ schema.rows.properties.currency.logicalType"), text);
        assertFalse(text.contains("properties.id"), text);
    }

    @Test
    void aMovedColumnIsNoChangeOfTheOthers() {
        assertEquals(
                List.of(),
                FieldDiff.between(orders("1.0.0", "a", "b", "c"), orders("1.0.0", "c", "a", "b")));
    }

    @Test
    void aContractMayComeWithoutItsProduct() {
        applyOrders();
        Plan plan = plan(orders("1.1.0", "id", "amount", "currency"));
        assertEquals(1, plan.count(Action.UPDATE));
        apply(plan);
        assertEquals(
                "1.1.0",
                ledger.product(ProductName.parse("sales.orders"))
                        .orElseThrow()
                        .contract()
                        .version());
    }

    @Test
    void aProductMayComeWithoutItsContract() {
        applyOrders();
        Plan plan = plan(product("sales", "orders", "tags: [x]\n"));
        assertEquals(List.of(), plan.warnings());
        assertEquals(1, plan.count(Action.UPDATE));
        assertTrue(plan.isApplicable());
    }

    @Test
    void refusesABreakingChangeWithoutANewMajorVersion() {
        applyOrders();
        Plan plan = plan(orders("1.1.0", "id"));
        assertFalse(plan.isApplicable());
        assertEquals(ProblemCode.BREAKING_CHANGE, plan.refusals().getFirst().code());
        String text = PlanText.of(plan);
        assertTrue(text.contains("rows.amount: queries that name it fail"), text);
        assertTrue(text.contains("make it version 2.0.0"), text);
        assertTrue(text.contains("Refused: "), text);
        assertTrue(plan(orders("2.0.0", "id")).isApplicable());
    }

    @Test
    void aRenameIsKnownByWhatTheColumnWas() {
        applyOrders();
        Source renamed =
                edited(
                        orders("2.0.0", "id", "total"),
                        "{name: total, logicalType: integer}",
                        "{name: total, logicalType: integer, customProperties:"
                                + " [{property: sheaf.was, value: amount}]}");
        Plan plan = plan(renamed);
        assertTrue(plan.isApplicable(), PlanText.of(plan));
        List<Change.Kind> kinds =
                plan.changes().getLast().contract().orElseThrow().changes().stream()
                        .map(Change::kind)
                        .toList();
        assertEquals(List.of(Change.Kind.COLUMN_RENAMED), kinds);
    }

    @Test
    void refusesAVersionThatGoesBack() {
        apply(plan(domain("sales"), product("sales", "orders"), orders("1.10.0", "id")));
        Plan plan = plan(orders("1.9.0", "id", "more"));
        assertEquals(ProblemCode.CONFLICT, plan.refusals().getFirst().code());
        assertTrue(plan.refusals().getFirst().message().contains("from 1.10.0 to 1.9.0"));
    }

    @Test
    void refusesOtherContentUnderTheSameVersion() {
        applyOrders();
        Plan plan = plan(orders("1.0.0", "id", "amount", "currency"));
        assertTrue(plan.refusals().getFirst().message().contains("raise the version to 1.1.0"));
    }

    @Test
    void commentsMayChangeUnderTheSameVersion() {
        applyOrders();
        Source commented = edited(orders("1.0.0", "id", "amount"), "schema:", "# about\nschema:");
        Plan plan = plan(commented);
        assertTrue(plan.isApplicable());
        assertTrue(PlanText.of(plan).contains("comments or layout only"), PlanText.of(plan));
    }

    @Test
    void refusesAVersionThatSaysNothingAboutCompatibility() {
        applyOrders();
        Plan plan = plan(orders("next", "id", "amount"));
        assertTrue(plan.refusals().getFirst().message().contains("MAJOR.MINOR.PATCH"));
    }

    @Test
    void refusesToMoveReleases() {
        applyOrders();
        ledger.begin(LedgerSamples.prepared("r", LedgerSamples.ORDERS, 0));
        ledger.update(
                LedgerSamples.committed(
                        LedgerSamples.prepared("r", LedgerSamples.ORDERS, 0), 1, 7));
        Plan region = plan(domain("sales", "gcp/europe-west1"));
        assertEquals(ProblemCode.CONFLICT, region.refusals().getFirst().code());
        Plan location =
                plan(
                        product(
                                "sales",
                                "orders",
                                "customProperties:\n"
                                        + "  - {property: sheaf.location, value: 's3://b/x'}\n"));
        assertTrue(location.refusals().getFirst().message().contains("sheaf.location"));
    }

    @Test
    void deletesOnlyWhenAskedTo() {
        applyOrders();
        apply(plan(domain("hr"), product("hr", "people"), contract("hr", "people", "1.0.0", "id")));
        assertTrue(plan(domain("sales")).isEmpty());
        Plan products = plan(Prune.PRODUCTS, domain("sales"));
        assertEquals(1, products.count(Action.DELETE));
        assertEquals(Set.of("sales"), products.domains());
        Plan everything = plan(Prune.EVERYTHING, domain("sales"));
        assertEquals(3, everything.count(Action.DELETE), PlanText.of(everything));
        assertTrue(PlanText.of(everything).contains("- product sales.orders"));
        apply(everything);
        assertEquals(1, ledger.domains().size());
        assertEquals(List.of(), ledger.products());
    }

    @Test
    void removesOneProduct() {
        applyOrders();
        Plan plan = planner.removal(DeclaredState.of(ledger), ProductName.parse("sales.orders"));
        apply(plan);
        assertEquals(List.of(), ledger.products());
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                planner.removal(
                                        DeclaredState.of(ledger),
                                        ProductName.parse("sales.orders")));
        assertEquals(ProblemCode.NOT_FOUND, problem.code());
    }

    @Test
    void reportsReferencesThatLeadNowhere() {
        assertFault(
                "sales-orders.product.yaml:5:1: error: domain 'sales' of product sales.orders is"
                        + " not declared",
                product("sales", "orders"),
                orders("1.0.0", "id"));
        assertFault(
                "there is no contract with the id 'sales.orders' (did you mean 'sales.order'?)",
                domain("sales"),
                product("sales", "orders"),
                contract("sales", "order", "1.0.0", "id"));
    }

    @Test
    void reportsFaultsOfFilesAndOfReferencesTogether() {
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                plan(
                                        source("a.yaml", "kind: Nothing\n"),
                                        product("sales", "orders"),
                                        orders("1.0.0", "id")));
        assertTrue(problem.message().startsWith("2 faults"), problem.message());
        assertTrue(problem.details().get("findings") instanceof List<?> list && list.size() == 2);
    }

    @Test
    void warnsOfContractsThatNobodyKeeps() {
        Plan plan = plan(domain("sales"), orders("1.0.0", "id"));
        assertEquals(1, plan.warnings().size());
        assertEquals(1, plan.count(Action.CREATE));
    }

    @Test
    void refusesProductsThatAreTheirOwnInput() {
        assertFault(
                "a product cannot be an input of itself: d.a -> d.b -> d.c -> d.a",
                domain("d"),
                withInput("a", "b"),
                withInput("b", "c"),
                withInput("c", "a"),
                contract("d", "a", "1.0.0", "id"),
                contract("d", "b", "1.0.0", "id"),
                contract("d", "c", "1.0.0", "id"));
    }

    @Test
    void aLongChainOfInputsIsNoCycle() {
        List<Source> sources = new ArrayList<>(List.of(domain("d")));
        for (int i = 0; i < 300; i++) {
            sources.add(i == 299 ? product("d", "p" + i) : withInput("p" + i, "p" + (i + 1)));
            sources.add(contract("d", "p" + i, "1.0.0", "id"));
        }
        assertEquals(601, plan(sources.toArray(Source[]::new)).count(Action.CREATE));
    }

    private static Source withInput(String name, String input) {
        return product(
                "d",
                name,
                "inputPorts:\n  - {name: in, version: 1.0.0, contractId: d." + input + "}\n");
    }

    @Test
    void aContractOfSeveralTablesNeedsAChoice() {
        Source two =
                edited(
                        orders("1.0.0", "id"),
                        "schema:\n",
                        "schema:\n  - name: other\n    properties:\n"
                                + "      - {name: x, logicalType: integer}\n");
        assertFault("say with sheaf.table", domain("sales"), product("sales", "orders"), two);
        String choice = "customProperties:\n  - {property: sheaf.table, value: %s}\n";
        assertFault(
                "did you mean 'rows'?",
                domain("sales"),
                product("sales", "orders", choice.formatted("row")),
                two);
        apply(plan(domain("sales"), product("sales", "orders", choice.formatted("other")), two));
        assertEquals("other", ledger.products().getFirst().table().name());
    }

    @Test
    void asksTheSpecCheckAboutWhatChangesOnly() {
        List<String> asked = new ArrayList<>();
        Planner strict =
                new Planner(spec -> {
                    asked.add(spec.name().toString());
                    return spec.transform().isPresent() ? List.of("no such column") : List.of();
                });
        applyOrders();
        strict.plan(
                DeclaredState.of(ledger),
                ManifestReader.read(List.of(domain("sales"))),
                Prune.NOTHING);
        assertEquals(List.of(), asked);
        Manifests changed =
                ManifestReader.read(
                        List.of(
                                product(
                                        "sales",
                                        "orders",
                                        "customProperties:\n  - {property: sheaf.transform,"
                                                + " value: SELECT 1}\n")));
        Problem problem =
                assertThrows(
                        Problem.class,
                        () -> strict.plan(DeclaredState.of(ledger), changed, Prune.NOTHING));
        assertTrue(problem.message().contains("product.yaml:12:1: error: no such column"));
    }

    @Test
    void thePlansDigestFollowsWhatItDoes() {
        Source[] manifests = {domain("sales"), product("sales", "orders"), orders("1.0.0", "id")};
        Plan plan = plan(manifests);
        assertEquals(plan.digest(), plan(manifests[2], manifests[0], manifests[1]).digest());
        assertNotEquals(plan.digest(), plan(domain("sales")).digest());
        apply(plan(domain("hr")));
        assertNotEquals(plan.digest(), plan(manifests).digest());
    }
}
