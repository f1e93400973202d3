package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.GrantApproval;
import dev.sheaf.client.GrantInfo;
import dev.sheaf.client.GrantRequest;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenRequest;
import dev.sheaf.client.TokenSource;
import dev.sheaf.client.Upload;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What is published is held against the policies: from a release that is held to one that is
/// masked, over HTTP.
final class PublishGovernanceTest {
    private static final ProductName PEOPLE = ProductName.parse("sales.people");
    private static final ProductName TOTALS = ProductName.parse("sales.totals");
    private static final String HELD = "classification.undecided";

    @TempDir private Path folder = Path.of("");
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    private SheafClient start(String configuration) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("sheaf.yaml"), configuration);
        Node node =
                Node.start(
                        new NodeOptions(
                                data,
                                Optional.empty(),
                                Optional.of(RegionName.parse("aws/eu-west-1")),
                                OptionalInt.of(0)),
                        Clock.systemUTC());
        open.add(node);
        SheafClient client =
                new SheafClient(
                        node.url(),
                        TokenSource.file(data.resolve("keys").resolve("operator.token")));
        open.add(client);
        nodeUrl = node.url();
        return client;
    }

    private java.net.URI nodeUrl = java.net.URI.create("http://127.0.0.1");

    private static Manifests mesh(String version, String columns, String table, String product) {
        return new Manifests(
                List.of(
                        file("domain.yaml", DOMAIN),
                        file("people.contract.yaml", contract("people", version, columns, table)),
                        file("people.product.yaml", product("people", version, product))),
                Optional.empty());
    }

    private static final String DOMAIN =
            """
            apiVersion: sheaf.dev/v1
            kind: Domain
            name: sales
            homeRegion: aws/eu-west-1
            owner: sales@example.com
            """;

    private static ManifestFile file(String name, String text) {
        return new ManifestFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String contract(String name, String version, String columns, String table) {
        return """
        apiVersion: v3.1.0
        kind: DataContract
        id: sales.%s
        version: %s
        status: active
        domain: sales
        dataProduct: %s
        schema:
          - name: %s
            properties:
        """
                        .formatted(name, version, name, name)
                + columns.indent(6)
                + (table.isEmpty() ? "" : "    customProperties:\n" + table.indent(6));
    }

    private static String product(String name, String version, String custom) {
        return """
        apiVersion: v1.0.0
        kind: DataProduct
        id: sales.%s
        name: %s
        version: %s
        status: active
        domain: sales
        outputPorts:
          - {name: %s, version: %s, contractId: sales.%s}
        """
                        .formatted(name, name, version, name, version, name)
                + custom;
    }

    private static final String PLAIN =
            """
            - {name: id, logicalType: integer, required: true}
            - {name: c1, logicalType: string}
            - {name: since, logicalType: date}
            """;

    private RunInfo publish(SheafClient client, ProductName product, String csv, boolean dryRun)
            throws IOException {
        Path file = Files.createTempFile(folder, "rows", ".csv");
        Files.writeString(file, csv);
        RunInfo started = client.publish(product, List.of(Upload.of(file)), dryRun, bytes -> {});
        return client.await(started.id(), state -> {});
    }

    private static String people(int from, int count) {
        StringBuilder csv = new StringBuilder("id,c1,since\n");
        for (int i = from; i < from + count; i++) {
            csv.append(i)
                    .append(",wilma.flint")
                    .append(i)
                    .append("@bedrock.example,19")
                    .append(50 + i % 50)
                    .append("-03-0")
                    .append(1 + i % 9)
                    .append('\n');
        }
        return csv.toString();
    }

    private static List<String> proposed(RunInfo run) {
        List<String> proposed = new ArrayList<>();
        if (run.report().orElseThrow().get("proposals") instanceof List<?> proposals) {
            for (Object item : proposals) {
                if (item instanceof Map<?, ?> proposal) {
                    proposed.add(
                            proposal.get("column")
                                    + "="
                                    + proposal.get("kind")
                                    + "/"
                                    + proposal.get("decided"));
                }
            }
        }
        return proposed;
    }

    private static void assertState(RunState state, RunInfo run) {
        assertEquals(state, run.state(), run.toString());
    }

    private String auditLog() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path path :
                    files.filter(Files::isRegularFile)
                            .filter(path -> path.toString().contains("audit"))
                            .toList()) {
                all.append(Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void whatLooksPersonalIsHeldUntilItsOwnerHasDecided() throws IOException {
        SheafClient client = start("");
        client.apply(mesh("1.0.0", PLAIN, "", ""));

        RunInfo dry = publish(client, PEOPLE, people(1, 200), true);
        assertState(RunState.REFUSED, dry);
        RunInfo held = publish(client, PEOPLE, people(1, 200), false);
        assertState(RunState.REFUSED, held);
        assertEquals("RELEASE_REFUSED", held.problem().orElseThrow().code());
        String why = held.message().orElseThrow();
        assertEquals(why, dry.message().orElseThrow(), "a dry run tells the same");
        assertTrue(why.contains(HELD), why);
        assertTrue(why.contains("\"c1\""), why);
        assertTrue(why.contains("200 of 200 values look like e-mail addresses"), why);
        assertTrue(why.contains("classification: email"), why);
        assertTrue(why.contains("tags: [not-personal]"), why);
        assertFalse(why.contains("\"since\""), "a date is no date of birth for nothing: " + why);
        assertEquals(List.of("c1=email/"), proposed(held));
        assertTrue(client.releases(PEOPLE).isEmpty());
        assertFalse(Wire.json().writeValueAsString(held).contains("wilma"), "no values are told");

        client.apply(
                mesh(
                        "1.1.0",
                        PLAIN.replace("name: c1,", "name: c1, classification: email,"),
                        "",
                        ""));
        RunInfo released = publish(client, PEOPLE, people(1, 200), false);
        assertState(RunState.COMMITTED, released);
        assertEquals(List.of("c1=email/email"), proposed(released));
        String audit = auditLog();
        assertTrue(audit.contains("product.release"), "the decision is in the audit log");
        assertFalse(audit.contains("wilma"), "and no value is");
    }

    @Test
    void anOwnerSaysThatAColumnIsNotPersonal() throws IOException {
        SheafClient client = start("");
        client.apply(mesh("1.0.0", PLAIN, "", ""));
        assertState(RunState.REFUSED, publish(client, PEOPLE, people(1, 50), false));
        client.apply(
                mesh(
                        "1.0.1",
                        PLAIN.replace("name: c1,", "name: c1, tags: [not-personal],"),
                        "",
                        ""));
        RunInfo released = publish(client, PEOPLE, people(1, 50), false);
        assertState(RunState.COMMITTED, released);
        assertEquals(List.of("c1=email/not-personal"), proposed(released));
    }

    @Test
    void newRowsAreLookedAtAndColumnsThatAreMostlyEmptyToo() throws IOException {
        SheafClient client = start("");
        client.apply(mesh("1.0.0", PLAIN, "", ""));
        StringBuilder harmless = new StringBuilder("id,c1,since\n");
        for (int i = 0; i < 5000; i++) {
            harmless.append(i).append(",thing ").append(i % 7).append(",2020-01-01\n");
        }
        assertState(RunState.COMMITTED, publish(client, PEOPLE, harmless.toString(), false));
        assertState(RunState.REFUSED, publish(client, PEOPLE, people(9000, 30), false));

        StringBuilder sparse = new StringBuilder("id,c1,since\n");
        for (int i = 10_000; i < 40_000; i++) {
            sparse.append(i)
                    .append(i % 1000 == 7 ? ",wilma" + i + "@bedrock.example" : ",")
                    .append(",2020-01-01\n");
        }
        RunInfo held = publish(client, PEOPLE, sparse.toString(), false);
        assertState(RunState.REFUSED, held);
        assertTrue(held.message().orElseThrow().contains("30 of 30 values"), held.toString());
    }

    @Test
    void membersOfNestedColumnsAreLookedAt() throws IOException {
        SheafClient client = start("");
        client.apply(
                mesh(
                        "1.0.0",
                        """
                        - {name: id, logicalType: integer}
                        - name: contact
                          logicalType: object
                          properties:
                            - {name: kind, logicalType: string}
                            - {name: to, logicalType: string}
                        """,
                        "",
                        ""));
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.append("{\"id\": ")
                    .append(i)
                    .append(", \"contact\": {\"kind\": \"m\", \"to\": \"wilma")
                    .append(i)
                    .append("@bedrock.example\"}}\n");
        }
        Path file = folder.resolve("rows.ndjson");
        Files.writeString(file, rows);
        RunInfo started = client.publish(PEOPLE, List.of(Upload.of(file)), false, bytes -> {});
        RunInfo held = client.await(started.id(), state -> {});
        assertState(RunState.REFUSED, held);
        assertTrue(held.message().orElseThrow().contains("column contact.to: 40 of 40"));
    }

    @Test
    void personalDataNeedsAnEncryptedStoreAndTheRightRegion() throws IOException {
        String stores =
                """
                lake:
                  stores:
                    - {name: local, root: 'file://%s', encryptedAtRest: false, region: %s}
                """;
        Path store = Files.createDirectories(folder.resolve("store"));
        SheafClient client = start(stores.formatted(store, "aws/us-east-1"));
        String classified = PLAIN.replace("name: c1,", "name: c1, classification: email,");
        client.apply(mesh("1.0.0", classified, "", ""));
        RunInfo held = publish(client, PEOPLE, people(1, 20), false);
        assertState(RunState.REFUSED, held);
        String why = held.message().orElseThrow();
        assertTrue(why.contains("encryption.missing"), why);
        assertTrue(why.contains("residency.gdpr: personal data may not go to aws/us-east-1"), why);

        client.apply(
                mesh(
                        "1.0.1",
                        classified,
                        "- {property: sheaf.residency, value: [aws/eu-west-1, aws/us-east-1]}\n",
                        ""));
        String still = publish(client, PEOPLE, people(1, 20), false).message().orElseThrow();
        assertTrue(still.contains("encryption.missing") && !still.contains("residency"), still);
    }

    @Test
    void aClassificationThatIsAddedMasksReleasesThatAreThereAlready() throws IOException {
        SheafClient client = start("");
        String open = "- {property: sheaf.discoverable, value: true}\n";
        String undecided = PLAIN.replace("name: c1,", "name: c1, tags: [not-personal],");
        client.apply(mesh("1.0.0", undecided, open, ""));
        assertState(RunState.COMMITTED, publish(client, PEOPLE, people(1, 20), false));
        SheafClient ana = granted(client, PEOPLE);
        assertTrue(first(ana, "SELECT c1 FROM sales.people ORDER BY id").contains("wilma"));

        client.apply(
                mesh(
                        "1.1.0",
                        PLAIN.replace("name: c1,", "name: c1, classification: email,"),
                        open,
                        ""));
        String masked = first(ana, "SELECT c1 FROM sales.people ORDER BY id");
        assertFalse(masked.contains("wilma"), masked);
        assertEquals(
                masked, first(ana, "SELECT c1 FROM sales.people FOR VERSION AS OF 1 ORDER BY id"));
        assertTrue(
                first(client, "SELECT c1 FROM sales.people ORDER BY id").contains("wilma"),
                "its own people see it as it is");
    }

    @Test
    void derivedProductsInheritWhatTheyAreMadeFrom() throws IOException {
        SheafClient client = start("");
        String open = "- {property: sheaf.discoverable, value: true}\n";
        List<ManifestFile> files =
                new ArrayList<>(
                        mesh(
                                        "1.0.0",
                                        PLAIN.replace(
                                                "name: c1,",
                                                "name: c1, classification: email, tags:"
                                                        + " [contact],"),
                                        open,
                                        "")
                                .files());
        files.add(
                file(
                        "totals.contract.yaml",
                        contract(
                                "totals",
                                "1.0.0",
                                """
                                - {name: id, logicalType: integer}
                                - {name: mail, logicalType: string}
                                - {name: letters, logicalType: integer}
                                - {name: code, logicalType: string}
                                - {name: kind, logicalType: string, classification: internal}
                                """,
                                open)));
        files.add(
                file(
                        "totals.product.yaml",
                        product(
                                "totals",
                                "1.0.0",
                                """
                                inputPorts:
                                  - {name: people, version: 1.0.0, contractId: sales.people}
                                customProperties:
                                  - property: sheaf.transform
                                    value: >-
                                      SELECT CAST(id AS INTEGER) AS id, c1 AS mail, length(c1) AS letters,
                                      'n' || id AS code, left(c1, 1) AS kind FROM input
                                """)));
        client.apply(new Manifests(files, Optional.empty()));
        RunInfo run = publish(client, TOTALS, people(1, 60), false);
        assertState(RunState.COMMITTED, run);
        assertEquals(List.of("mail=email/email"), proposed(run));
        SheafClient ana = granted(client, TOTALS);
        String row =
                String.valueOf(
                        ana.queryTable(query("SELECT * FROM sales.totals ORDER BY id"))
                                .rows()
                                .getFirst());
        List<?> cells =
                ana.queryTable(query("SELECT * FROM sales.totals ORDER BY id")).rows().getFirst();
        assertFalse(row.contains("wilma"), row);
        assertFalse(
                String.valueOf(cells.get(2)).equals("28"), "a computed value is masked: " + row);
        assertEquals("n1", cells.get(3), "what is made from nothing personal is not");
        assertEquals("w", cells.get(4), "what its owner has classified is not");
    }

    @Test
    void theExampleMeshIsNotHeld() throws IOException {
        SheafClient client = start("");
        Path examples = Path.of(System.getProperty("sheaf.repo"), "examples");
        List<ManifestFile> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(examples.resolve("mesh"))) {
            for (Path path : walk.filter(Files::isRegularFile).sorted().toList()) {
                files.add(
                        new ManifestFile(
                                examples.relativize(path).toString(), Files.readAllBytes(path)));
            }
        }
        client.apply(new Manifests(files, Optional.empty()));
        for (Map.Entry<String, String> each :
                Map.of(
                                "sales.orders", "online-retail/2010-12-01.csv",
                                "customer.customers", "chinook/customers.csv",
                                "finance.vendors", "adventureworks/Vendor.csv",
                                "finance.purchase-orders", "adventureworks/PurchaseOrderHeader.csv",
                                "finance.purchase-order-lines",
                                        "adventureworks/PurchaseOrderDetail.csv",
                                "inventory.stock", "adventureworks/ProductInventory.csv",
                                "product.products", "adventureworks/Product.csv")
                        .entrySet()) {
            RunInfo started =
                    client.publish(
                            ProductName.parse(each.getKey()),
                            List.of(Upload.of(examples.resolve("data").resolve(each.getValue()))),
                            true,
                            bytes -> {});
            RunInfo run = client.await(started.id(), state -> {});
            assertFalse(run.message().orElse("").contains(HELD), run.message().orElse("") + run);
        }
    }

    private SheafClient granted(SheafClient client, ProductName product) {
        SheafClient ana = as(client, "ana", "finance");
        SheafClient olga = as(client, "olga", "sales");
        GrantInfo asked =
                ana.access()
                        .request(
                                new GrantRequest(
                                        product.toString(),
                                        "churn",
                                        Optional.of(
                                                Clock.systemUTC()
                                                        .instant()
                                                        .plus(Duration.ofHours(2))),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()));
        olga.access()
                .approve(
                        asked.id(),
                        new GrantApproval(Optional.empty(), Optional.empty(), Optional.empty()));
        return ana;
    }

    private SheafClient as(SheafClient client, String subject, String domain) {
        String token =
                client.createToken(
                                new TokenRequest(
                                        subject,
                                        List.of(
                                                "catalog.read",
                                                "query.run",
                                                "access.request",
                                                "access.decide"),
                                        List.of(domain),
                                        List.of(),
                                        OptionalLong.empty()))
                        .token();
        SheafClient other = new SheafClient(nodeUrl, () -> token);
        open.add(other);
        return other;
    }

    private static QueryRequest query(String sql) {
        return new QueryRequest(
                sql, OptionalInt.empty(), OptionalLong.empty(), Optional.of("churn"));
    }

    private static String first(SheafClient client, String sql) {
        return String.valueOf(client.queryTable(query(sql)).rows().getFirst().getFirst())
                .toLowerCase(Locale.ROOT);
    }
}
