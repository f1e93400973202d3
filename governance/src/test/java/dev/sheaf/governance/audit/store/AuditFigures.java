package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.governance.audit.EncodedEvent;
import dev.sheaf.governance.audit.note.LogProof;
import dev.sheaf.governance.audit.note.TestKeys;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Measures a log in a folder that is given, and is to be empty: entries a second, proofs, search,
/// verification. Not a test; run by hand.
final class AuditFigures {
    private static final int WINDOW = 20_000;

    private AuditFigures() {}

    /// @param arguments the folder, and the number of entries
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        LogFixture fixture =
                new LogFixture(Path.of(arguments[0]), TestKeys.signer(LogFixture.ORIGIN), 16 << 20);
        fixture.checkpointEntries = 10_000;
        int entries = Integer.parseInt(arguments[1]);
        try (AuditLog log = fixture.open()) {
            long start = System.nanoTime();
            List<CompletableFuture<AuditReceipt>> waiting = new ArrayList<>();
            for (int i = 0; i < entries; i++) {
                waiting.add(log.append(LogFixture.event(i)));
                if (waiting.size() == WINDOW) {
                    waiting.forEach(CompletableFuture::join);
                    waiting.clear();
                }
            }
            waiting.forEach(CompletableFuture::join);
            report(out, "append, " + WINDOW + " at once", entries, start);
            start = System.nanoTime();
            int single = 300;
            for (int i = 0; i < single; i++) {
                log.append(LogFixture.event(entries + i)).join();
            }
            report(out, "append, one after the other", single, start);
            log.sign();
            Random random = new Random(1);
            for (int round = 0; round < 2; round++) {
                start = System.nanoTime();
                int proofs = 2000;
                int hashes = 0;
                for (int i = 0; i < proofs; i++) {
                    LogProof proof = log.prove(random.nextInt(entries));
                    hashes += proof.path().size();
                }
                report(out, "inclusion proof, " + hashes / proofs + " hashes", proofs, start);
                start = System.nanoTime();
                for (int i = 0; i < proofs; i++) {
                    log.proveConsistency(random.nextInt(entries), entries);
                }
                report(out, "consistency proof", proofs, start);
            }
            start = System.nanoTime();
            long found = log.export(AuditQuery.ALL.withResources(Set.of("product-77")), line -> {});
            report(out, "search and export of " + found + " by resource", 1, start);
            out.println(
                    "bytes of an entry: "
                            + EncodedEvent.of(LogFixture.event(123456)).toBytes(123456).length);
        }
        long start = System.nanoTime();
        fixture.open().close();
        report(out, "open and close", 1, start);
        start = System.nanoTime();
        AuditReport report = fixture.verify();
        report(out, "verify " + report.findings(), entries, start);
    }

    private static void report(PrintStream out, String what, int count, long startNanos) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        out.printf(
                "%s: %.3f s, %.0f/s, %.1f us each%n",
                what, seconds, count / seconds, seconds * 1e6 / count);
    }
}
