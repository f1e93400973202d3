package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditDecision;
import dev.sheaf.governance.audit.AuditEvent;
import dev.sheaf.governance.audit.SubjectKeys;
import dev.sheaf.governance.audit.note.NoteSigner;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.note.TestKeys;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A log in a folder, with a key, and events that follow a rule.
final class LogFixture {
    static final String ORIGIN = "example.com/mesh/node-1";
    static final SubjectKeys SUBJECTS = new SubjectKeys("k1", Map.of("k1", new byte[32]));
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration NEVER = Duration.ofDays(1);

    final Path folder;
    final NoteSigner signer;
    long segmentBytes;
    long checkpointEntries = Integer.MAX_VALUE;
    Duration checkpointInterval = NEVER;
    List<SignedNote> remembered = List.of();

    LogFixture(Path folder) {
        this(folder, TestKeys.signer(ORIGIN), 4 << 10);
    }

    LogFixture(Path folder, NoteSigner signer, long segmentBytes) {
        this.folder = folder;
        this.signer = signer;
        this.segmentBytes = segmentBytes;
    }

    AuditLogOptions options() {
        return new AuditLogOptions(
                folder,
                ORIGIN,
                segmentBytes,
                checkpointEntries,
                checkpointInterval,
                AuditLogOptions.QUEUE_BYTES,
                List.of(),
                remembered);
    }

    AuditLog open() {
        return open(new AuditDisk());
    }

    AuditLog open(AuditDisk disk) {
        return AuditLog.open(options(), signer, Thread::new, System::nanoTime, disk);
    }

    AuditReport verify(SignedNote... notes) {
        return AuditVerifier.verify(folder, ORIGIN, List.of(signer.key()), List.of(notes));
    }

    /// Number `i` by rule: actors and subjects come round, one in ten is denied, times go back once
    /// in a while.
    static AuditEvent event(long i) {
        return new AuditEvent(
                START.plusSeconds(i % 100 == 99 ? i - 50 : i),
                "user-" + i % 7,
                i % 2 == 0 ? "query" : "read",
                "product-" + i / 100,
                i % 10 == 0 ? AuditDecision.DENY : AuditDecision.ALLOW,
                "policies@" + i / 1000,
                List.of(SUBJECTS.pseudonym("subject-" + i % 13)),
                new ObjectValue.Builder()
                        .put("rows", NumberValue.of(i))
                        .put("purpose", StringValue.of("test \"" + i + "\"\n"))
                        .build());
    }

    /// Appends events by rule, each durable before the next.
    static void appendSingly(AuditLog log, int count) {
        for (int i = 0; i < count; i++) {
            log.append(event(log.size())).join();
        }
    }

    /// Appends events by rule as fast as it goes, and waits for all.
    static void append(AuditLog log, int count) {
        List<CompletableFuture<AuditReceipt>> receipts = new ArrayList<>();
        long first = log.size();
        for (int i = 0; i < count; i++) {
            receipts.add(log.append(event(first + i)));
        }
        CompletableFuture.allOf(receipts.toArray(new CompletableFuture<?>[0])).join();
    }

    /// A closed log of so many entries, each in a group of its own.
    LogFixture with(int entries) {
        try (AuditLog log = open()) {
            appendSingly(log, entries);
        }
        return this;
    }

    SignedNote checkpoint() throws IOException {
        return SignedNote.parse(Files.readAllBytes(folder.resolve(AuditFolder.CHECKPOINT)));
    }

    List<Path> segmentFiles() throws IOException {
        return AuditFolder.segmentFiles(folder);
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
