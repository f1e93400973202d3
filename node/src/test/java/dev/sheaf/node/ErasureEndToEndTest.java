package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.ContextWrite;
import dev.sheaf.client.ErasedStore;
import dev.sheaf.client.ErasureInfo;
import dev.sheaf.client.ErasureOrder;
import dev.sheaf.client.ErasureState;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.Upload;
import dev.sheaf.governance.audit.ExportLine;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Paula, a privacy officer, erases a person in two domains' products and a context type.
final class ErasureEndToEndTest extends RunningNode {
    private static final String SUBJECT = "zq-Xanthippe-77-zq";
    private static final ProductName PEOPLE = ProductName.parse("sales.people");
    private static final ProductName CALLS = ProductName.parse("care.calls");
    private static final ContextKey TICKET = new ContextKey("care.ticket", "t-1");
    private static final String TYPE =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: care.ticket
            domain: care
            versions:
              - version: "1.0"
                schema:
                  type: object
                  properties: {customer: {type: string}, said: {type: string}}
            residency: {regions: [azure/westeurope]}
            subject: /customer
            """;

    private SheafClient paula = null_();

    @BeforeEach
    void start() {
        open(Clock.systemUTC());
        paula = as("paula", List.of("catalog.read", "data.erase"), List.of("privacy-officer"));
    }

    @Test
    void aPersonGoesFromAllStoresAndTheCertificateProvesIt() throws IOException {
        prepare();
        ErasureInfo looked = paula.erasures().order(order(List.of(), true));
        assertEquals(ErasureState.LOOKED, looked.state());
        assertEquals(List.of(1L, 1L, 2L), looked.stores().stream().map(ErasedStore::rows).toList());
        assertEquals(3, count(PEOPLE, ""));

        ErasureInfo done = erased(paula, order(List.of(), false));

        assertEquals(ErasureState.COMPLETE, done.state(), done.toString());
        assertEquals(
                List.of("care.calls", "care.ticket", "sales.people"),
                done.stores().stream().map(ErasedStore::name).toList());
        assertEquals(List.of(1L, 1L, 2L), done.stores().stream().map(ErasedStore::rows).toList());
        assertEquals(1, done.stores().getLast().rejectedRows());
        assertEquals(0, count(PEOPLE, " WHERE person = '" + SUBJECT + "'"));
        assertEquals(0, count(CALLS, ""));
        assertEquals(
                ProblemCode.NOT_FOUND,
                code(() -> operator.contexts().read(TICKET, ContextRead.DEFAULT)));
        String gone = told(() -> query("SELECT 1 FROM sales.people AT (VERSION => 1)"));
        assertTrue(gone.contains("was erased for privacy at"), gone);
        assertTrue(told(() -> operator.rollback(PEOPLE, 1)).contains("was erased for privacy at"));

        ExportLine line = ExportLine.parse(done.certificate().orElseThrow());
        NoteKey key = NoteKey.parse(operator.audit().key().key());
        assertTrue(line.isProven("local/azure/westeurope", List.of(key)), line.toString());
        assertEquals("subject.erase", line.entry().event().action());
        assertEquals(1, line.entry().event().subjects().size());
        assertEquals(done.auditEntry().orElseThrow(), line.entry().sequence());
        assertFalse(
                ExportLine.parse(done.certificate().get().replace("\"rows\":2", "\"rows\":0"))
                        .isProven("local/azure/westeurope", List.of(key)));
        assertEquals(done, paula.erasures().erasure(done.id()));
        assertEquals(List.of(done), paula.erasures().list().erasures());

        stop();
        // The context cuts its log and compacts its state later; the erasure is an event there.
        assertEquals(
                List.of(),
                holding(folder.resolve("data")).stream()
                        .filter(file -> !file.startsWith("context/store/"))
                        .toList());
        start();
        ErasureInfo again = erased(paula, order(List.of(), false));
        assertEquals(ErasureState.COMPLETE, again.state());
        assertTrue(again.stores().stream().allMatch(store -> store.rows() == 0), again.toString());
    }

    @Test
    void oneStoreThatFailsHidesNothingOfTheOthers() throws IOException {
        prepare();
        SheafClient carl = as("carl", List.of("data.erase"), List.of(), "care");
        ErasureInfo partly = erased(carl, order(List.of(), false));
        assertEquals(ErasureState.INCOMPLETE, partly.state());
        ErasedStore people = partly.stores().getFirst();
        assertEquals("(hidden)", people.name(), "what Carl may not know of has no name");
        assertTrue(people.problem().orElseThrow().startsWith("not allowed"), people.toString());
        assertEquals(0, count(CALLS, ""));
        assertEquals(2, count(PEOPLE, " WHERE person = '" + SUBJECT + "'"));
        assertTrue(partly.certificate().isPresent());
        assertEquals(ErasureState.COMPLETE, erased(paula, order(List.of(), false)).state());
    }

    @Test
    void whoMayNotEraseErasesNothing() throws IOException {
        prepare();
        SheafClient eve = as("eve", List.of("catalog.read", "data.erase"), List.of(), "other");
        assertEquals(
                ProblemCode.FORBIDDEN, code(() -> eve.erasures().order(order(List.of(), false))));
        assertEquals(
                told(() -> eve.erasures().order(order(List.of("sales.never"), true)))
                        .replace("never", "people"),
                told(() -> eve.erasures().order(order(List.of("sales.people"), true))));
        SheafClient tom = as("tom", List.of("catalog.read", "context.erase"), List.of(), "*");
        assertEquals(
                ProblemCode.FORBIDDEN, code(() -> tom.erasures().order(order(List.of(), true))));
        assertEquals(
                ProblemCode.NOT_FOUND,
                code(() -> paula.erasures().order(order(List.of("sales.nothing"), true))));
        for (ErasureOrder wrong :
                List.of(
                        order("", "", ""),
                        order(SUBJECT, "somebody", ""),
                        order(SUBJECT, SUBJECT, "because " + SUBJECT + " asked"))) {
            Problem refused = assertThrows(Problem.class, () -> paula.erasures().order(wrong));
            assertFalse(refused.message().contains(SUBJECT), refused.message());
        }
        assertEquals(List.of(), paula.erasures().list().erasures());
        assertEquals(3, count(PEOPLE, ""));
    }

    private void prepare() throws IOException {
        operator.apply(
                new Manifests(
                        List.of(
                                domain("sales"),
                                domain("care"),
                                product(PEOPLE),
                                contract(PEOPLE),
                                product(CALLS),
                                contract(CALLS)),
                        Optional.empty()));
        publish(PEOPLE, "1," + SUBJECT + "\n2,ben\nx," + SUBJECT + "\n");
        publish(PEOPLE, "3," + SUBJECT + "\n");
        publish(CALLS, "1," + SUBJECT + "\n");
        operator.contexts().applyType("care.ticket", TYPE.getBytes(StandardCharsets.UTF_8));
        operator.contexts()
                .put(
                        TICKET,
                        ("{\"customer\": \"" + SUBJECT + "\", \"said\": \"hello\"}")
                                .getBytes(StandardCharsets.UTF_8),
                        ContextWrite.DEFAULT);
    }

    private static ManifestFile domain(String name) {
        return file(
                name + ".yaml",
                """
                apiVersion: sheaf.dev/v1
                kind: Domain
                name: %s
                homeRegion: azure/westeurope
                owner: team@example.com
                """
                        .formatted(name));
    }

    private static ManifestFile product(ProductName name) {
        return file(
                name + ".product.yaml",
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: %s
                domain: %s
                name: %s
                version: 1.0.0
                status: active
                outputPorts:
                  - {name: rows, version: 1.0.0, contractId: %s}
                customProperties:
                  - property: sheaf.publish
                    value: {minScore: 0.1}
                """
                        .formatted(name, name.domain(), name.name(), name));
    }

    private static ManifestFile contract(ProductName name) {
        return file(
                name + ".contract.yaml",
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: %s
                version: 1.0.0
                status: active
                schema:
                  - name: rows
                    properties:
                      - {name: id, logicalType: integer, required: true}
                      - {name: person, logicalType: string}
                    customProperties:
                      - {property: sheaf.subject, value: person}
                """
                        .formatted(name));
    }

    private static ManifestFile file(String name, String text) {
        return new ManifestFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void publish(ProductName product, String rows) throws IOException {
        Path file = Files.createTempFile(folder, "rows-", ".csv");
        Files.writeString(file, "id,person\n" + rows);
        RunInfo started = operator.publish(product, List.of(Upload.of(file)), false, bytes -> {});
        RunInfo ended = operator.await(started.id(), state -> {});
        assertEquals(RunState.COMMITTED, ended.state(), ended.toString());
        Files.delete(file);
    }

    private static ErasureOrder order(List<String> products, boolean isDryRun) {
        return new ErasureOrder(
                SUBJECT,
                Optional.of(SUBJECT),
                products,
                List.of(),
                Optional.of("Request 7."),
                Optional.of(isDryRun));
    }

    private static ErasureOrder order(String subject, String confirm, String reason) {
        return new ErasureOrder(
                subject,
                Optional.of(confirm),
                List.of(),
                List.of(),
                Optional.of(reason),
                Optional.empty());
    }

    private static ErasureInfo erased(SheafClient client, ErasureOrder order) {
        ErasureInfo info = client.erasures().order(order);
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (info.state() == ErasureState.RUNNING || info.certificate().isEmpty()) {
            assertTrue(System.nanoTime() < deadline, info.toString());
            Thread.onSpinWait();
            info = client.erasures().erasure(info.id());
        }
        return info;
    }

    private long count(ProductName product, String where) {
        return Long.parseLong(query("SELECT count(*) FROM " + product + where));
    }

    private String query(String sql) {
        return String.valueOf(
                operator.queryTable(
                                new QueryRequest(
                                        sql,
                                        OptionalInt.empty(),
                                        OptionalLong.empty(),
                                        Optional.of("test")))
                        .rows()
                        .getFirst()
                        .getFirst());
    }

    /// Files in whose bytes the person stands. Parquet and Avro are looked into by `EraserTest`.
    private static List<String> holding(Path where) throws IOException {
        try (Stream<Path> walk = Files.walk(where)) {
            List<String> found = new ArrayList<>();
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                if (content(file).contains(SUBJECT.substring(0, 12))) {
                    found.add(where.relativize(file).toString());
                }
            }
            return found;
        }
    }

    /// Empty when a worker has deleted it since it was listed.
    private static String content(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        }
    }
}
