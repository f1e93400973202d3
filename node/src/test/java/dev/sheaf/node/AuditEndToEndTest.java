package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.AuditAccess;
import dev.sheaf.client.AuditEntryInfo;
import dev.sheaf.client.AuditHistory;
import dev.sheaf.client.AuditHistoryRequest;
import dev.sheaf.client.AuditPage;
import dev.sheaf.client.AuditSearch;
import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.ContextWrite;
import dev.sheaf.client.GrantApproval;
import dev.sheaf.client.GrantRequest;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultFormat;
import dev.sheaf.client.ResultStream;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.SubjectErasure;
import dev.sheaf.client.Upload;
import dev.sheaf.governance.audit.ExportLine;
import dev.sheaf.governance.audit.merkle.ConsistencyProof;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.store.AuditReport;
import dev.sheaf.governance.audit.store.AuditVerifier;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.audit.SubjectKeyStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// The audit log of a running node: found in, proven, exported, and asked who saw whose data.
final class AuditEndToEndTest extends RunningNode {
    private static final ProductName CUSTOMERS = ProductName.parse("customer.customers");
    private static final Path EXAMPLES = Path.of(System.getProperty("sheaf.repo"), "examples");
    private static final String TICKET =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: support.ticket
            domain: support
            versions:
              - version: "1.0"
                schema:
                  type: object
                  additionalProperties: false
                  properties:
                    customer: {type: string}
                    text: {type: string}
            residency: {regions: [azure/westeurope]}
            subject: /customer
            """;
    private static final AuditSearch ALL =
            new AuditSearch(
                    Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), List.of());

    private SheafClient vera = null_();

    @BeforeEach
    void start() {
        open(Clock.systemUTC());
        vera = as("vera", List.of("audit.read"), List.of("auditor"));
    }

    private static AuditSearch actions(String... actions) {
        return new AuditSearch(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(actions),
                List.of(),
                List.of());
    }

    private List<AuditEntryInfo> newest(AuditSearch search, int limit) {
        return vera.audit().search(search, false, Optional.empty(), limit).entries();
    }

    @Test
    void whoLacksTheScopeIsRefusedAndThatIsInTheLog() {
        SheafClient ana = as("ana", List.of("catalog.read", "query.run"), List.of(), "sales");
        assertEquals(
                ProblemCode.FORBIDDEN,
                code(() -> ana.audit().search(ALL, false, Optional.empty(), 10)));

        AuditEntryInfo attempt = newest(actions("authorize"), 1).getFirst();

        assertEquals("ana", attempt.actor());
        assertEquals("deny", attempt.decision());
        assertEquals("GET /api/v1/audit/entries", attempt.resource());
        SheafClient olga = as("olga", List.of("audit.read"), List.of(), "sales");
        for (Executable call :
                List.<Executable>of(
                        () -> olga.audit().search(ALL, false, Optional.empty(), 10),
                        () -> olga.audit().entry(0),
                        () -> olga.audit().checkpoint(),
                        () -> olga.audit().key(),
                        () -> olga.audit().consistency(0, 1),
                        () -> olga.audit().export(ALL).close())) {
            assertEquals(ProblemCode.FORBIDDEN, code(call), "the log tells about all domains");
        }
        assertEquals(
                List.of("deny", "olga"),
                Stream.of(newest(actions("audit.export"), 1).getFirst())
                        .flatMap(entry -> Stream.of(entry.decision(), entry.actor()))
                        .toList());
    }

    @Test
    void pagesJoinWithoutGapOrOverlapInBothOrders() {
        SheafClient ana = as("ana", List.of("catalog.read"), List.of(), "sales");
        for (int i = 0; i < 7; i++) {
            assertEquals(ProblemCode.FORBIDDEN, code(() -> ana.audit().key()));
        }
        AuditSearch refused = actions("authorize");
        for (boolean oldestFirst : new boolean[] {true, false}) {
            List<Long> all =
                    vera
                            .audit()
                            .search(refused, oldestFirst, Optional.empty(), 1000)
                            .entries()
                            .stream()
                            .map(AuditEntryInfo::seq)
                            .toList();
            assertEquals(7, all.size());
            for (int size : new int[] {1, 2, 3, 6, 7}) {
                List<Long> paged = new ArrayList<>();
                Optional<String> next = Optional.empty();
                int pages = 0;
                do {
                    AuditPage page = vera.audit().search(refused, oldestFirst, next, size);
                    page.entries().forEach(entry -> paged.add(entry.seq()));
                    next = page.next();
                    pages++;
                } while (next.isPresent());
                assertEquals(all, paged, "pages of " + size);
                assertEquals((7 + size - 1) / size, pages, "no empty last page");
            }
        }
    }

    @Test
    void garbageIsRefusedWithAWayOut() {
        for (String cursor :
                List.of("", "n", "x1", "n-1", "n99999999999999999999", "o1", "n1 ", "'; --")) {
            assertEquals(
                    ProblemCode.BAD_REQUEST,
                    code(() -> vera.audit().search(ALL, false, Optional.of(cursor), 10)),
                    "'" + cursor + "'");
        }
        assertEquals(
                List.of(),
                vera.audit().search(ALL, true, Optional.of("o999999999999999999"), 10).entries());
        assertTrue(
                vera.audit()
                                .search(ALL, false, Optional.of("n999999999999999999"), 10)
                                .entries()
                                .size()
                        > 0);
        AuditSearch unknown =
                new AuditSearch(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("maybe"));
        assertEquals(
                ProblemCode.BAD_REQUEST,
                code(() -> vera.audit().search(unknown, false, Optional.empty(), 10)));
        assertEquals(
                ProblemCode.BAD_REQUEST,
                code(() -> vera.audit().search(ALL, false, Optional.empty(), 1001)));
        assertEquals(ProblemCode.NOT_FOUND, code(() -> vera.audit().entry(1_000_000)));
        assertEquals(ProblemCode.NOT_FOUND, code(() -> vera.audit().entry(-1)));
        assertEquals(ProblemCode.INVALID_VALUE, code(() -> vera.audit().consistency(5, 1_000_000)));
        assertEquals(ProblemCode.BAD_REQUEST, code(() -> history(vera, " ", Optional.empty())));
    }

    @Test
    void aSearchIsOneLineAndDoesNotFindItself() {
        AuditPage first = vera.audit().search(actions("audit.search"), false, Optional.empty(), 10);
        AuditPage second =
                vera.audit().search(actions("audit.search"), false, Optional.empty(), 10);
        assertEquals(first.size() + 1, second.size());
        assertEquals(first.entries().size() + 1, second.entries().size());
        assertEquals("vera", second.entries().getFirst().actor());
        assertEquals(
                "audit.search",
                second.entries().getFirst().details().path("action").path(0).asString());
    }

    @Test
    void twoSearchersWhileOthersWriteSeeEachEntryOnce() throws Exception {
        SheafClient ana = as("ana", List.of("catalog.read"), List.of(), "sales");
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                writers.add(
                        threads.submit(() -> {
                            for (int each = 0; each < 60; each++) {
                                code(() -> ana.audit().key());
                            }
                        }));
            }
            List<Future<Set<Long>>> searches = new ArrayList<>();
            for (boolean oldestFirst : new boolean[] {true, false}) {
                searches.add(threads.submit(() -> seen(oldestFirst)));
            }
            for (Future<Set<Long>> search : searches) {
                assertFalse(search.get().isEmpty());
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertEquals(120, newest(actions("authorize"), 1000).size());
    }

    /// All entries of a search in small pages; fails when one comes twice.
    private Set<Long> seen(boolean oldestFirst) {
        Set<Long> seen = new HashSet<>();
        Optional<String> next = Optional.empty();
        for (int pages = 0; pages < 15; pages++) {
            AuditPage page = vera.audit().search(ALL, oldestFirst, next, 3);
            page.entries().forEach(entry -> assertTrue(seen.add(entry.seq()), "twice"));
            next = page.next();
            if (next.isEmpty()) {
                break;
            }
        }
        return seen;
    }

    @Test
    void proofsConvinceWhoHasTheKeyAndTheFilesVerifyWhileTheNodeRuns() throws IOException {
        Path keys = folder.resolve("data").resolve("keys");
        NoteKey key = NoteKey.parse(Files.readString(keys.resolve("audit.pub")).strip());
        assertEquals(key.toString(), vera.audit().key().key());
        Checkpoint before = checkpoint(key);
        ExportLine line = ExportLine.parse(vera.audit().entry(0));
        assertTrue(line.isProven(key.name(), List.of(key)));
        Checkpoint after = checkpoint(key);
        assertTrue(after.size() > before.size());
        List<TreeHash> path =
                vera.audit().consistency(before.size(), after.size()).hashes().stream()
                        .map(TreeHash::parse)
                        .toList();
        assertTrue(
                new ConsistencyProof(before.size(), after.size(), path)
                        .proves(before.root(), after.root()));

        List<String> lines;
        try (ResultStream export = vera.audit().export(ALL)) {
            lines =
                    new String(export.body().readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        }
        for (int i = 0; i < lines.size(); i++) {
            ExportLine each = ExportLine.parse(lines.get(i));
            assertEquals(i, each.entry().sequence());
            assertTrue(each.isProven(key.name(), List.of(key)));
        }
        assertEquals(
                "audit.export",
                ExportLine.parse(lines.getLast()).entry().event().action(),
                "its own line is the last");
        AuditReport report =
                AuditVerifier.verify(
                        folder.resolve("data").resolve("audit"),
                        key.name(),
                        List.of(key),
                        List.of());
        assertTrue(report.isIntact(), report.toString());
    }

    private Checkpoint checkpoint(NoteKey key) {
        SignedNote note = SignedNote.parse(vera.audit().checkpoint());
        assertEquals(
                "Trusted", note.check(List.of(key)).getClass().getSimpleName(), note.toString());
        return Checkpoint.parse(note.text());
    }

    @Test
    void aPersonSeesWhoSawTheirDocuments() {
        operator.contexts().applyType("support.ticket", TICKET.getBytes(StandardCharsets.UTF_8));
        ContextKey one = new ContextKey("support.ticket", "t-1");
        SheafClient sam = as("sam", List.of("context.read", "context.write"), List.of(), "support");
        sam.contexts().put(one, ticket("12"), ContextWrite.DEFAULT);
        sam.contexts()
                .put(new ContextKey("support.ticket", "t-2"), ticket("13"), ContextWrite.DEFAULT);
        sam.contexts().read(one, ContextRead.DEFAULT);
        sam.contexts().history(one, 10);
        sam.contexts().delete(one, ContextWrite.DEFAULT);

        AuditHistory history = history(vera, "12", Optional.empty());

        assertTrue(history.isKnown());
        assertEquals(
                List.of("context.delete", "context.history", "context.read", "context.write"),
                history.accesses().stream()
                        .filter(access -> access.actor().equals("sam"))
                        .map(AuditAccess::action)
                        .toList());
        assertTrue(
                history.accesses().stream()
                        .filter(access -> access.actor().equals("sam"))
                        .allMatch(access ->
                                access.resource().equals("support.ticket/t-1")
                                        && access.match().equals("document")));
        assertEquals(
                "audit.history",
                history(vera, "12", Optional.empty()).accesses().getFirst().action(),
                "also who asked");
        assertFalse(history(vera, "99", Optional.empty()).isKnown());
        for (AuditEntryInfo entry : newest(ALL, 100)) {
            assertFalse(entry.subjects().contains("12"));
            assertFalse(entry.details().toString().contains("\"12\""), entry.toString());
        }
    }

    @Test
    void aBatchNamesAllItsPersonsAndAnErasureNamesItsOne() {
        operator.contexts().applyType("support.ticket", TICKET.getBytes(StandardCharsets.UTF_8));
        StringBuilder events = new StringBuilder("[");
        for (int i = 0; i < 20; i++) {
            events.append(i == 0 ? "" : ",")
                    .append(
                            """
                            {"eventId": "e%d", "eventType": "CONTEXT_STATE", "contextType": "support.ticket",
                             "contextId": "t-%d", "version": "1.0", "cloudRegion": "westeurope", "timestamp": "%s",
                             "payload": {"state": {"customer": "c-%d", "text": "x"}}}
                            """
                                    .formatted(i, i, Instant.now(), i));
        }
        operator.contexts()
                .ingest(
                        events.append("]").toString().getBytes(StandardCharsets.UTF_8),
                        "application/json",
                        Optional.empty());
        AuditEntryInfo batch = newest(actions("context.ingest"), 1).getFirst();
        assertEquals(20, batch.subjects().size());
        operator.contexts()
                .eraseSubject("support.ticket", new SubjectErasure("c-7", Optional.empty()));

        assertEquals(
                List.of("context.subject.erase", "context.ingest"),
                history(vera, "c-7", Optional.of("support.ticket")).accesses().stream()
                        .map(AuditAccess::action)
                        .toList());
        assertEquals(1, newest(actions("context.subject.erase"), 10).size(), "one line");
    }

    @Test
    void whoIsForgottenIsFoundNoMoreAndTheLogStaysAsItWasSigned() {
        operator.contexts().applyType("support.ticket", TICKET.getBytes(StandardCharsets.UTF_8));
        ContextKey one = new ContextKey("support.ticket", "t-1");
        operator.contexts().put(one, ticket("12"), ContextWrite.DEFAULT);
        assertEquals(1, history(vera, "12", Optional.empty()).accesses().size());
        stop();
        SubjectKeyStore store =
                SubjectKeyStore.in(folder.resolve("data").resolve("keys"), new SecureRandom());
        assertTrue(store.forget("12"));
        start();

        AuditHistory history = history(vera, "12", Optional.empty());

        assertFalse(history.isKnown());
        assertEquals(List.of(), history.accesses());
        assertEquals(1, newest(actions("context.write"), 10).getFirst().subjects().size());
    }

    private static byte[] ticket(String customer) {
        return "{\"customer\": \"%s\", \"text\": \"It does not work.\"}"
                .formatted(customer)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static AuditHistory history(
            SheafClient client, String subject, Optional<String> within) {
        return client.audit()
                .history(
                        new AuditHistoryRequest(
                                subject, within, Optional.empty(), OptionalInt.empty()));
    }

    @Test
    void aPersonSeesWhoReadTheProductsTheyAreIn() throws IOException {
        publish();
        SheafClient ana =
                as(
                        "ana",
                        List.of("catalog.read", "query.run", "access.request"),
                        List.of(),
                        "sales");
        SheafClient olga =
                as(
                        "olga",
                        List.of("catalog.read", "query.run", "access.decide", "audit.read"),
                        List.of(),
                        "customer");
        String sql = "SELECT email FROM customer.customers LIMIT 1";
        assertEquals(ProblemCode.FORBIDDEN, code(() -> query(ana, sql, "churn")));
        String grant =
                ana.access()
                        .request(
                                new GrantRequest(
                                        "customer.customers",
                                        "churn",
                                        Optional.of(Instant.now().plus(Duration.ofHours(1))),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))
                        .id();
        olga.access()
                .approve(
                        grant,
                        new GrantApproval(Optional.empty(), Optional.empty(), Optional.empty()));
        query(ana, sql, "churn");
        olga.sample(CUSTOMERS, 3);
        query(olga, "EXPLAIN " + sql, "");
        try (ResultStream parquet = olga.query(request(sql, ""), ResultFormat.PARQUET)) {
            assertTrue(parquet.body().readAllBytes().length > 0);
        }

        AuditHistory history = history(vera, "12", Optional.empty());

        assertEquals(List.of("customer.customers"), history.products());
        assertEquals(List.of(), history.skipped());
        assertEquals(
                List.of("olga allow", "olga allow", "ana allow-restricted", "ana deny"),
                history.accesses().stream()
                        .map(access -> access.actor() + " " + access.decision())
                        .toList(),
                "EXPLAIN reads nothing");
        AuditAccess masked = history.accesses().get(2);
        assertEquals("churn", masked.purpose());
        assertTrue(masked.masked().contains("email"), masked.toString());
        assertEquals("customer.customers", masked.resource());
        assertEquals("product", masked.match());
        assertEquals(
                List.of(), history(vera, "4711", Optional.empty()).products(), "no such customer");
        assertEquals(List.of(), history(vera, "it's", Optional.empty()).products());
        assertEquals(4, history(olga, "12", Optional.of("customer.customers")).accesses().size());
        SheafClient rosa = as("rosa", List.of("audit.read"), List.of(), "sales");
        assertEquals(List.of(), history(rosa, "12", Optional.empty()).accesses());
        assertEquals(
                ProblemCode.NOT_FOUND,
                code(() -> history(rosa, "12", Optional.of("customer.customers"))));
        AuditHistory page =
                vera.audit()
                        .history(
                                new AuditHistoryRequest(
                                        "12",
                                        Optional.empty(),
                                        Optional.empty(),
                                        OptionalInt.of(3)));
        assertEquals(3, page.accesses().size());
        AuditHistory rest =
                vera.audit()
                        .history(
                                new AuditHistoryRequest(
                                        "12", Optional.empty(), page.next(), OptionalInt.of(3)));
        assertEquals(1, rest.accesses().size());
        assertTrue(rest.next().isEmpty());
    }

    private static QueryRequest request(String sql, String purpose) {
        return new QueryRequest(
                sql,
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.of(purpose).filter(text -> !text.isEmpty()));
    }

    private static void query(SheafClient client, String sql, String purpose) {
        client.queryTable(request(sql, purpose));
    }

    private void publish() throws IOException {
        List<ManifestFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(EXAMPLES.resolve("mesh/customer"))) {
            for (Path file : all.sorted().toList()) {
                String text =
                        Files.readString(file)
                                .replace("\nversion: 1.0.0\n", "\nversion: 1.1.0\n")
                                .replace(
                                        "    physicalType: table\n",
                                        """
                                            physicalType: table
                                            customProperties:
                                              - {property: sheaf.discoverable, value: true}
                                              - {property: sheaf.subject, value: customer_id}
                                        """);
                files.add(
                        new ManifestFile(
                                file.getFileName().toString(),
                                text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        operator.apply(new Manifests(files, Optional.empty()));
        RunInfo started =
                operator.publish(
                        CUSTOMERS,
                        List.of(Upload.of(EXAMPLES.resolve("data/chinook/customers.csv"))),
                        false,
                        bytes -> {});
        assertEquals(RunState.COMMITTED, operator.await(started.id(), state -> {}).state());
    }
}
