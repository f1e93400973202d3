package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.AuditEntryInfo;
import dev.sheaf.client.AuditSearch;
import dev.sheaf.client.ErasedStore;
import dev.sheaf.client.ErasureInfo;
import dev.sheaf.client.ErasureOrder;
import dev.sheaf.client.ErasureState;
import dev.sheaf.client.LinkFault;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.QueryRegion;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ReplicaInfo;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.Upload;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A product at home in one region, with a copy in the other, over real links.
final class ReplicasAcrossRegionsTest extends TwoRegions {
    private static final ProductName ORDERS = ProductName.parse("sales.orders");
    private static final String PERSON = "zq-Xanthippe-77";

    private static final List<String> BOTH = List.of(AWS, AZURE);
    private static final String QUICK = "replicas:\n  interval: 100ms\n  confirmationMax: 3s\n";

    private int asked;
    private SheafClient home = RunningNode.null_();
    private SheafClient away = RunningNode.null_();

    ReplicasAcrossRegionsTest() {
        super("catalog.read", "links.read", "query.run");
    }

    @BeforeEach
    void start() throws IOException {
        startAmong(BOTH, AWS, QUICK);
        startAmong(
                BOTH,
                AZURE,
                QUICK
                        + """
                        lake:
                          stores:
                            - name: theirs
                              root: file://%s
                              region: aws/us-east-1
                              readOnly: true
                        """
                                .formatted(data(AWS).toRealPath().resolve("warehouse")));
        home = operator(AWS);
        away = operator(AZURE);
    }

    private void apply(String replicas, String residency, String version) {
        home.apply(
                new Manifests(
                        List.of(
                                file(
                                        "sales.yaml",
                                        """
                                        apiVersion: sheaf.dev/v1
                                        kind: Domain
                                        name: sales
                                        homeRegion: aws/us-east-1
                                        owner: team@example.com
                                        """),
                                file(
                                        "orders.product.yaml",
                                        """
                                        apiVersion: v1.0.0
                                        kind: DataProduct
                                        id: orders
                                        domain: sales
                                        name: orders
                                        version: 1.0.0
                                        status: active
                                        outputPorts:
                                          - {name: rows, version: %s, contractId: orders}
                                        customProperties:
                                          - property: sheaf.publish
                                            value: {minScore: 0.1}
                                        """
                                                .formatted(version)),
                                file(
                                        "orders.contract.yaml",
                                        """
                                        apiVersion: v3.1.0
                                        kind: DataContract
                                        id: orders
                                        version: %s
                                        status: active
                                        schema:
                                          - name: rows
                                            properties:
                                              - {name: id, logicalType: integer, required: true}
                                              - {name: person, logicalType: string}
                                            customProperties:
                                              - {property: sheaf.subject, value: person}
                                              - {property: sheaf.replicas, value: [%s]}
                                        """
                                                        .formatted(version, replicas)
                                                + residency)),
                        Optional.empty()));
    }

    private static ManifestFile file(String name, String text) {
        return new ManifestFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void publish(String rows) throws IOException {
        Path file = Files.createTempFile(folder, "rows-", ".csv");
        Files.writeString(file, "id,person\n" + rows);
        RunInfo started = home.publish(ORDERS, List.of(Upload.of(file)), false, bytes -> {});
        RunInfo ended = home.await(started.id(), state -> {});
        assertEquals(RunState.COMMITTED, ended.state(), ended.toString());
    }

    private Optional<ReplicaInfo> replica() {
        return away.replicas().replicas().stream()
                .filter(each -> each.product().equals(ORDERS.toString()))
                .findFirst();
    }

    private void untilHeld(long release) {
        until(
                "release " + release + " is held: " + replica(),
                () ->
                        replica()
                                .filter(each -> each.state().equals("held"))
                                .filter(each -> each.held().orElse(0) == release)
                                .isPresent());
    }

    /// Parquet files below the replica region's store.
    private List<Path> files() throws IOException {
        Path store = data(AZURE).resolve("warehouse").resolve("replicas");
        if (!Files.exists(store)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(store)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aReleaseIsCopiedAndTheNextTakesItsPlace() throws IOException {
        apply("azure/westeurope", "", "1.0.0");
        publish("1,ada\n2,ben\n");
        untilHeld(1);
        ReplicaInfo first = replica().orElseThrow();
        assertEquals(2, first.rows());
        assertEquals(0, first.behind());
        assertEquals(AWS, first.home());
        assertEquals(
                1, files().stream().filter(file -> file.toString().endsWith(".parquet")).count());

        publish("3,cleo\n");
        untilHeld(2);
        until("the first release's table is gone", () -> tables() == 1);
        assertEquals(3, replica().orElseThrow().rows());
        assertEquals(
                2,
                files().stream().filter(file -> file.toString().endsWith(".parquet")).count(),
                "what both releases have was fetched once");
        List<AuditEntryInfo> taken =
                home.audit()
                        .search(
                                new AuditSearch(
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(),
                                        List.of("product.transfer"),
                                        List.of(),
                                        List.of()),
                                true,
                                Optional.empty(),
                                10)
                        .entries();
        assertEquals(2, taken.size());
        for (AuditEntryInfo entry : taken) {
            assertEquals("node/azure/westeurope", entry.actor());
            assertEquals("allow", entry.decision());
            assertEquals("sales.orders", entry.resource());
        }
    }

    private long tables() {
        Path store = data(AZURE).resolve("warehouse/replicas/aws_us-east-1/sales/orders");
        try (Stream<Path> folders = Files.list(store)) {
            return folders.filter(each -> each.getFileName().toString().startsWith("r")).count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatPolicyKeepsAtHomeDoesNotGo() throws IOException {
        apply(
                "azure/westeurope",
                "      - {property: sheaf.residency, value: [aws/us-east-1]}\n",
                "1.0.0");
        publish("1,ada\n");
        until(
                "the refusal is told",
                () -> replica().filter(each -> each.state().equals("refused")).isPresent());
        String problem = replica().orElseThrow().problem().orElseThrow();
        assertTrue(problem.contains("residency.owner"), problem);
        assertEquals(List.of(), files());
    }

    @Test
    void aRegionThatIsNoLongerNamedLosesItsCopy() throws IOException {
        apply("azure/westeurope", "", "1.0.0");
        publish("1,ada\n");
        untilHeld(1);
        apply("gcp/europe-west1", "", "1.1.0");
        until(
                "the copy is gone",
                () -> replica().filter(each -> each.held().isPresent()).isEmpty());
        assertEquals(List.of(), files());
    }

    @Test
    void aRegionWhoseResidencyEndsLosesItsCopy() throws IOException {
        apply("azure/westeurope", "", "1.0.0");
        publish("1,ada\n");
        untilHeld(1);
        apply(
                "azure/westeurope",
                "      - {property: sheaf.residency, value: [aws/us-east-1]}\n",
                "1.1.0");
        until(
                "the copy is refused and gone",
                () -> replica().filter(each -> each.state().equals("refused")).isPresent());
        assertEquals(List.of(), files());
    }

    @Test
    void aReleaseThatWasRolledBackIsNotKept() throws IOException {
        apply("azure/westeurope", "", "1.0.0");
        publish("1,ada\n");
        untilHeld(1);
        publish("2,b7\n");
        untilHeld(2);
        home.rollback(ORDERS, 1);
        untilHeld(1);
        until("release 2 is gone", () -> tables() == 1);
    }

    @Test
    void anErasureIsCompleteWhenTheCopyIsGoneToo() throws IOException {
        apply("azure/westeurope", "", "1.0.0");
        publish("1," + PERSON + "\n2,ben\n");
        untilHeld(1);
        ErasureInfo done = erased();
        assertEquals(ErasureState.COMPLETE, done.state(), done.toString());
        assertEquals(
                List.of("sales.orders", "sales.orders@azure/westeurope"),
                done.stores().stream().map(ErasedStore::name).toList());
        untilHeld(2);
        assertEquals(1, replica().orElseThrow().rows());
        assertEquals(1, tables());
        assertEquals(
                1, files().stream().filter(file -> file.toString().endsWith(".parquet")).count());
    }

    @Test
    void anErasureIsIncompleteWhileTheOtherRegionCannotBeReached() throws IOException {
        apply("azure/westeurope", "", "1.0.0");
        publish("1," + PERSON + "\n2,ben\n");
        untilHeld(1);
        home.contexts().injectFault(AZURE, LinkFault.cut("both"));
        ErasureInfo cut = erased();
        assertEquals(ErasureState.INCOMPLETE, cut.state(), cut.toString());
        ErasedStore copy = cut.stores().getLast();
        assertEquals("sales.orders@azure/westeurope", copy.name());
        assertTrue(copy.problem().orElseThrow().contains("order the erasure again"), cut::toString);
        home.contexts().injectFault(AZURE, LinkFault.heal());
        untilHeld(2);
        ErasureInfo healed = erased();
        assertEquals(ErasureState.COMPLETE, healed.state(), healed.toString());
    }

    private ErasureInfo erased() {
        ErasureInfo info =
                home.erasures()
                        .order(
                                new ErasureOrder(
                                        PERSON,
                                        Optional.of(PERSON),
                                        List.of(),
                                        List.of(),
                                        Optional.empty(),
                                        Optional.empty()));
        String id = info.id();
        until(
                "the erasure ends",
                () -> {
                    ErasureInfo now = home.erasures().erasure(id);
                    return now.state() != ErasureState.RUNNING && now.certificate().isPresent();
                });
        return home.erasures().erasure(id);
    }

    /// How a statement over the product reads it, from the other region.
    private String strategy(long rows) {
        ResultTable table =
                as(AZURE, "olga", "sales")
                        .queryTable(
                                new QueryRequest(
                                        // never the same twice, as results are kept
                                        "SELECT count(*), " + ++asked + " FROM sales.orders",
                                        OptionalInt.empty(),
                                        OptionalLong.empty(),
                                        Optional.of("test")));
        assertEquals(Long.toString(rows), String.valueOf(table.rows().getFirst().getFirst()));
        return table.regions().orElseThrow().stream()
                .map(QueryRegion::strategy)
                .collect(Collectors.joining(","));
    }

    @Test
    void aStatementReadsTheCopyAndNoMoreWhenItIsGone() throws IOException {
        apply("azure/westeurope", "", "1.0.0");
        publish("1,ada\n2,ben\n");
        untilHeld(1);
        until("the catalog knows it", () -> knows(1));
        assertEquals("replica", strategy(2));

        apply("gcp/europe-west1", "", "1.1.0");
        until(
                "it is read where it lies",
                () -> replica().filter(each -> each.state().equals("direct")).isPresent());
        until("no copy is read", () -> !strategy(2).equals("replica"));
        assertEquals(List.of(), files());
    }

    @Test
    void whileTheHomeIsGoneItsCopyIsReadByNobody() throws IOException {
        apply("azure/westeurope", "", "1.0.0");
        publish("1,ada\n2,ben\n");
        untilHeld(1);
        until("the catalog knows it", () -> knows(1));
        SheafClient olga = as(AZURE, "olga", "sales");
        Objects.requireNonNull(nodes.remove(AWS)).close();
        Problem told =
                assertThrows(
                        Problem.class,
                        () ->
                                olga.queryTable(
                                        new QueryRequest(
                                                "SELECT count(*) FROM sales.orders",
                                                OptionalInt.empty(),
                                                OptionalLong.empty(),
                                                Optional.of("test"))));
        assertEquals(ProblemCode.UNAVAILABLE, told.code());
        assertTrue(told.message().contains(AWS), told.message());
        until(
                "the list says that the home is not heard",
                () ->
                        replica()
                                .flatMap(ReplicaInfo::problem)
                                .filter(why -> why.contains(AWS))
                                .isPresent());
        assertEquals("held", replica().orElseThrow().state());
    }

    private boolean knows(long release) {
        return away.products().stream()
                .anyMatch(each ->
                        each.name().equals(ORDERS.toString())
                                && each.currentRelease().orElse(0) == release);
    }

    @Test
    void onlyTokensOfAllDomainsSeeTheList() {
        SheafClient ada = as(AZURE, "ada", "sales");
        assertEquals(
                ProblemCode.FORBIDDEN, assertThrows(Problem.class, () -> ada.replicas()).code());
        assertFalse(away.replicas().replicas().stream().anyMatch(each -> each.bytes() > 0));
    }
}
