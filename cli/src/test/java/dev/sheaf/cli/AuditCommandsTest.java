package dev.sheaf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.CommandRig.Outcome;
import dev.sheaf.client.Wire;
import dev.sheaf.governance.audit.AuditDecision;
import dev.sheaf.governance.audit.AuditEvent;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.governance.audit.ExportLine;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteSigner;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.store.AuditLog;
import dev.sheaf.governance.audit.store.AuditLogOptions;
import dev.sheaf.rego.value.ObjectValue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// `sheaf audit` against real logs: of this process, whose files are then changed; and as a node of
/// paper tells about them.
final class AuditCommandsTest {
    private static final String ORIGIN = "mesh/aws/us-east-1";

    @TempDir private Path folder = Path.of("");
    private CommandRig rig;
    private NoteSigner signer;
    private Path data;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        rig = new CommandRig(folder);
        signer = newSigner();
        data = folder.resolve("data");
        Files.createDirectories(data.resolve("keys"));
        Files.writeString(data.resolve("keys").resolve("audit.pub"), signer.key() + "\n");
        Files.writeString(folder.resolve("audit.pub"), signer.key() + "\n");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static NoteSigner newSigner() throws GeneralSecurityException {
        return new NoteSigner(ORIGIN, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    private AuditLog open() {
        AuditLogOptions options = AuditLogOptions.of(data.resolve("audit"), ORIGIN);
        return AuditLog.open(
                new AuditLogOptions(
                        options.folder(),
                        ORIGIN,
                        4 << 10,
                        Integer.MAX_VALUE,
                        Duration.ofDays(1),
                        AuditLogOptions.QUEUE_BYTES,
                        List.of(),
                        List.of()),
                signer,
                Thread::new,
                System::nanoTime);
    }

    private static void append(AuditLog log, int entries) {
        for (int i = 0; i < entries; i++) {
            log.append(
                            new AuditEvent(
                                    Instant.parse("2026-11-26T12:00:00Z").plusSeconds(i),
                                    "actor-" + i,
                                    "query.read",
                                    "customer.customers",
                                    AuditDecision.ALLOW,
                                    "",
                                    List.of(),
                                    new ObjectValue.Builder().build()))
                    .join();
        }
    }

    private void logOf(int entries) {
        try (AuditLog log = open()) {
            append(log, entries);
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("audit"))) {
            return files.filter(file -> file.toString().endsWith(".audit")).sorted().toList();
        }
    }

    private List<String> kinds(Outcome outcome) {
        List<String> kinds = new ArrayList<>();
        for (JsonNode finding : Wire.json().readTree(outcome.out()).path("findings")) {
            if (!finding.path("isHarmless").asBoolean()) {
                kinds.add(finding.path("kind").asString());
            }
        }
        return kinds;
    }

    @Test
    void anIntactFolderIsIntactWithoutANode() {
        logOf(50);

        Outcome verified = rig.run("audit", "verify", "data", "--key", "audit.pub");

        assertEquals(0, verified.status(), verified.err());
        assertEquals(
                ORIGIN + " is intact: 50 entries, 50 of them covered by a signed checkpoint\n",
                verified.out());
        assertTrue(verified.err().contains("From now on"), verified.err());
        Outcome again = rig.run("audit", "verify", "data/audit", "--key", signer.key().toString());
        assertEquals(0, again.status(), again.err());
        assertEquals("", again.err());
        assertTrue(
                rig.run("audit", "verify", "data").err().contains("came from the folder itself"));
        assertTrue(rig.node.asked().isEmpty());
    }

    @Test
    void anEditedByteIsFound() throws IOException {
        logOf(50);
        Path segment = segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("actor-3");
        bytes[place + 6] = '4';
        Files.write(segment, bytes);

        Outcome verified = rig.run("audit", "verify", "data", "--key", "audit.pub", "--json");

        assertEquals(1, verified.status());
        assertTrue(kinds(verified).contains("edited"), verified.out());
        assertTrue(
                rig.run("audit", "verify", "data", "--key", "audit.pub")
                        .out()
                        .contains("is NOT what was signed"));
    }

    @Test
    void aCutLogIsFoundAndSoAreSwappedSegments() throws IOException {
        logOf(80);
        List<Path> segments = segments();
        Path last = segments.getLast();
        byte[] kept = Files.readAllBytes(last);
        Files.delete(last);
        Outcome cut = rig.run("audit", "verify", "data", "--key", "audit.pub", "--json");
        assertEquals(1, cut.status());
        assertTrue(kinds(cut).contains("truncated"), cut.out());
        Files.write(last, kept);

        Path spare = folder.resolve("spare");
        Files.move(segments.get(0), spare);
        Files.move(segments.get(1), segments.get(0));
        Files.move(spare, segments.get(1));
        Outcome swapped = rig.run("audit", "verify", "data", "--key", "audit.pub", "--json");
        assertEquals(1, swapped.status());
        assertFalse(kinds(swapped).isEmpty());
    }

    @Test
    void anEarlierStatePutBackIsFoundByTheNextRun() throws IOException {
        logOf(30);
        Path old = folder.resolve("old");
        copy(data.resolve("audit"), old);
        logOf(30);
        assertEquals(0, rig.run("audit", "verify", "data", "--key", "audit.pub").status());
        assertEquals(0, rig.run("audit", "verify", "data", "--key", "audit.pub").status());

        Outcome back = rig.run("audit", "verify", "old", "--key", "audit.pub", "--json");

        assertEquals(1, back.status());
        assertEquals(List.of("rolled-back"), kinds(back));
        Outcome still = rig.run("audit", "verify", "old", "--key", "audit.pub", "--json");
        assertEquals(1, still.status(), "what was not intact is not remembered");
    }

    @Test
    void aCheckpointThatSomebodyKeptFindsARollbackOnAMachineThatNeverSawTheLog()
            throws IOException {
        logOf(30);
        Path old = folder.resolve("old");
        copy(data.resolve("audit"), old);
        logOf(30);
        Files.copy(data.resolve("audit").resolve("checkpoint"), folder.resolve("kept.note"));

        Outcome back =
                rig.run(
                        "audit",
                        "verify",
                        "old",
                        "--key",
                        "audit.pub",
                        "--checkpoint",
                        "kept.note",
                        "--json");

        assertEquals(1, back.status());
        assertEquals(List.of("rolled-back"), kinds(back));
    }

    @Test
    void aForgedCheckpointAndAnotherKeyAreFound() throws Exception {
        logOf(10);
        Path checkpoint = data.resolve("audit").resolve("checkpoint");
        SignedNote note = SignedNote.parse(Files.readAllBytes(checkpoint));
        Checkpoint signed = Checkpoint.parse(note.text());
        String forged = new Checkpoint(ORIGIN, signed.size(), TreeHash.leaf(new byte[1])).text();
        Files.write(checkpoint, new SignedNote(forged, note.signatures()).toBytes());
        Outcome found = rig.run("audit", "verify", "data", "--key", "audit.pub", "--json");
        assertEquals(1, found.status());
        assertTrue(kinds(found).contains("forged-checkpoint"), found.out());
        Files.write(checkpoint, note.toBytes());

        Outcome other =
                rig.run("audit", "verify", "data", "--key", newSigner().key().toString(), "--json");
        assertEquals(1, other.status());
        assertTrue(kinds(other).contains("unknown-key"), other.out());
    }

    @Test
    void anExportIsCheckedLineByLine() throws IOException {
        List<String> lines = new ArrayList<>();
        try (AuditLog log = open()) {
            append(log, 20);
            log.export(AuditQuery.ALL, lines::add);
        }
        assertEquals(List.of(), findings(lines));
        assertEquals(
                List.of("edited"),
                findings(with(lines, 7, lines.get(7).replace("actor-7", "actor-8"))));
        assertEquals(List.of("truncated"), findings(lines.subList(0, 15)));
        List<String> without = new ArrayList<>(lines);
        without.remove(4);
        assertEquals(List.of("removed"), findings(without));
        List<String> moved = new ArrayList<>(lines);
        Collections.swap(moved, 4, 5);
        assertTrue(findings(moved).contains("reordered") || findings(moved).contains("inserted"));
        List<String> twice = new ArrayList<>(lines);
        twice.add(5, twice.get(4));
        assertEquals(List.of("inserted"), findings(twice));
        assertEquals(
                List.of("damaged-frame"), findings(with(lines, 19, "{\"garbage\":")).subList(0, 1));
        assertEquals(List.of("truncated"), findings(List.of()));
        Files.write(folder.resolve("part.ndjson"), lines.subList(3, 5));
        assertEquals(
                0,
                rig.run("audit", "verify", "part.ndjson", "--key", "audit.pub", "--partial")
                        .status());
        assertEquals(2, rig.run("audit", "verify", "part.ndjson").status(), "with which key?");
        assertEquals(3, rig.run("audit", "verify", "nowhere", "--key", "audit.pub").status());
    }

    @Test
    void anExportOfAnEarlierStateIsFoundByWhatWasRemembered() throws IOException {
        List<String> early = new ArrayList<>();
        try (AuditLog log = open()) {
            append(log, 20);
            log.export(AuditQuery.ALL, early::add);
            append(log, 20);
        }
        assertEquals(0, rig.run("audit", "verify", "data", "--key", "audit.pub").status());

        assertEquals(List.of("rolled-back"), findings(early));
    }

    private static List<String> with(List<String> lines, int index, String line) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(index, line);
        return changed;
    }

    private List<String> findings(List<String> lines) throws IOException {
        Files.write(folder.resolve("export.ndjson"), lines);
        Outcome outcome =
                rig.run("audit", "verify", "export.ndjson", "--key", "audit.pub", "--json");
        assertEquals(kinds(outcome).isEmpty() ? 0 : 1, outcome.status(), outcome.err());
        return kinds(outcome);
    }

    @Test
    void aNodeThatContinuesWhatWasSeenIsIntact() {
        try (AuditLog log = open()) {
            append(log, 10);
            tell(log);
            rig.node.answer(
                    "GET",
                    "/api/v1/audit/key",
                    200,
                    "{\"origin\": \"%s\", \"key\": \"%s\"}".formatted(ORIGIN, signer.key()));
            Outcome first = rig.run("audit", "verify");
            assertEquals(0, first.status(), first.err());
            assertTrue(first.err().contains("the node's own word"), first.err());
            append(log, 7);
            tell(log);
            prove(log, 10, 17);
            Outcome second = rig.run("audit", "verify");
            assertEquals(0, second.status(), second.err());
            assertTrue(second.err().contains("continues a remembered checkpoint of 10"));
        }
    }

    @Test
    void aNodeThatWasRolledBackOrRewrittenOrReplacedIsFound() throws Exception {
        try (AuditLog log = open()) {
            append(log, 10);
            tell(log);
            assertEquals(0, rig.run("audit", "verify", "--key", "audit.pub").status());
        }
        Checkpoint shorter = new Checkpoint(ORIGIN, 4, TreeHash.leaf(new byte[2]));
        tell(signer.sign(shorter.text()));
        Outcome back = rig.run("audit", "verify", "--key", "audit.pub", "--json");
        assertEquals(1, back.status(), back.err());
        assertEquals(List.of("rolled-back"), kinds(back));

        Checkpoint other = new Checkpoint(ORIGIN, 12, TreeHash.leaf(new byte[3]));
        tell(signer.sign(other.text()));
        rig.node.answer(
                "GET",
                "/api/v1/audit/consistency?from=10&to=12",
                200,
                "{\"from\": 10, \"to\": 12, \"hashes\": [\"%s\"]}"
                        .formatted(TreeHash.leaf(new byte[4])));
        Outcome rewritten = rig.run("audit", "verify", "--key", "audit.pub", "--json");
        assertEquals(1, rewritten.status());
        assertEquals(List.of("rewritten"), kinds(rewritten));

        tell(newSigner().sign(other.text()));
        Outcome replaced = rig.run("audit", "verify", "--key", "audit.pub", "--json");
        assertEquals(1, replaced.status());
        assertEquals(List.of("unknown-key"), kinds(replaced));
    }

    private void tell(AuditLog log) {
        tell(log.sign().orElseThrow());
    }

    private void tell(SignedNote note) {
        rig.node.answer("GET", "/api/v1/audit/checkpoint", 200, "text/plain", note.toString());
    }

    private void prove(AuditLog log, long from, long to) {
        String hashes =
                String.join(
                        "\", \"",
                        log.proveConsistency(from, to).path().stream()
                                .map(TreeHash::toString)
                                .toList());
        rig.node.answer(
                "GET",
                "/api/v1/audit/consistency?from=" + from + "&to=" + to,
                200,
                "{\"from\": %d, \"to\": %d, \"hashes\": [\"%s\"]}".formatted(from, to, hashes));
    }

    @Test
    void anEntryIsShownWithItsProofChecked() {
        try (AuditLog log = open()) {
            append(log, 10);
            String line = new ExportLine(log.entry(3), log.prove(3)).toString();
            rig.node.answer("GET", "/api/v1/audit/entries/3", 200, line);
            rig.node.answer("GET", "/api/v1/audit/entries/4", 200, line);
            rig.node.answer(
                    "GET",
                    "/api/v1/audit/entries/5",
                    200,
                    new ExportLine(log.entry(5), log.prove(5))
                            .toString()
                            .replace("actor-5", "actor-6"));
        }
        Outcome shown = rig.run("audit", "show", "3", "--key", "audit.pub");
        assertEquals(0, shown.status(), shown.err());
        assertTrue(shown.out().contains("\"actor\" : \"actor-3\""), shown.out());
        assertTrue(shown.err().contains("proven: the log " + ORIGIN + " of 10 entries"));
        assertEquals(1, rig.run("audit", "show", "4", "--key", "audit.pub").status());
        assertEquals(1, rig.run("audit", "show", "5", "--key", "audit.pub").status());
    }

    @Test
    void anExportIsThereWholeAndForItsUserAlone() throws IOException {
        rig.node.answer(
                "GET",
                "/api/v1/audit/export?from=2026-11-01T00%3A00%3A00Z&actor=ana",
                200,
                "application/x-ndjson",
                "{}\n{}\n");
        Outcome written =
                rig.run("audit", "export", "a.ndjson", "--from", "2026-11-01", "--actor", "ana");
        assertEquals(0, written.status(), written.err());
        assertEquals("wrote 2 entries to a.ndjson\n", written.err());
        assertEquals("{}\n{}\n", Files.readString(folder.resolve("a.ndjson")));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("a.ndjson"))));
        Outcome again = rig.run("audit", "export", "a.ndjson");
        assertEquals(5, again.status());
        assertEquals(3, rig.run("audit", "export", "b.ndjson").status(), "the node says no");
        assertFalse(Files.exists(folder.resolve("b.ndjson")));
        try (Stream<Path> left = Files.list(folder)) {
            assertTrue(left.noneMatch(file -> file.toString().endsWith(".part")));
        }
    }

    @Test
    void aSearchSaysWhatItsOptionsSay() {
        rig.node.answer(
                "GET",
                "/api/v1/audit/entries?actor=ana&action=query.read&decision=deny&decision=error&order=newest&limit=2",
                200,
                """
                {"entries": [{"seq": 9, "time": "2026-11-26T12:00:00.000000001Z", "actor": "ana", "action": "query.read",
                  "resource": "customer.\\u001b[2Jx", "decision": "deny", "policy": "", "subjects": [],
                  "details": {"purpose": "churn"}}], "next": "n9", "size": 12}
                """);
        rig.node.answer(
                "GET",
                "/api/v1/audit/entries?actor=ana&action=query.read&decision=deny&decision=error&order=newest&limit=1&cursor=n9",
                200,
                "{\"entries\": [], \"size\": 12}");
        Outcome found =
                rig.run(
                        "audit",
                        "search",
                        "--actor",
                        "ana",
                        "--action",
                        "query.read",
                        "--decision",
                        "deny,error",
                        "-n",
                        "2");
        assertEquals(0, found.status(), found.err());
        assertTrue(found.out().contains("churn"), found.out());
        assertFalse(found.out().contains("\u001b"), "nothing steers the terminal");
        assertEquals(2, rig.run("audit", "search", "--from", "yesterday").status());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
