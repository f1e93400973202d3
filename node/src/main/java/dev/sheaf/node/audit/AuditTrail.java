package dev.sheaf.node.audit;

import dev.sheaf.governance.audit.AuditDecision;
import dev.sheaf.governance.audit.AuditEvent;
import dev.sheaf.governance.audit.ExportLine;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.NoteSigner;
import dev.sheaf.governance.audit.store.AuditLog;
import dev.sheaf.governance.audit.store.AuditLogOptions;
import dev.sheaf.governance.audit.store.AuditReceipt;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Writes what the node's doors say into the log. For any thread; returns when it is durable, so
/// that nothing is answered that is not audited.
public final class AuditTrail implements Audit.Sink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String POLICY = "policy";
    private static final String NOBODY = "nobody";

    private final AuditLog log;
    private final NoteKey key;
    private final SubjectKeyStore subjects;
    private final Clock clock;

    private AuditTrail(AuditLog log, NoteKey key, SubjectKeyStore subjects, Clock clock) {
        this.log = log;
        this.key = key;
        this.subjects = subjects;
        this.clock = clock;
    }

    /// Opens the log, or begins one.
    ///
    /// @param origin the log's name in checkpoints
    /// @param keys the folder of the node's keys
    /// @throws Problem when it is not the log that it was, or cannot be read or written
    public static AuditTrail open(Path folder, String origin, Path keys, Clock clock) {
        NoteSigner signer = AuditKeys.in(keys, origin);
        return new AuditTrail(
                AuditLog.open(
                        AuditLogOptions.of(folder, origin),
                        signer,
                        Thread.ofPlatform().name("audit-", 0).factory(),
                        System::nanoTime),
                signer.key(),
                SubjectKeyStore.in(keys, new SecureRandom()),
                clock);
    }

    /// Of the log, for those who verify.
    public NoteKey key() {
        return key;
    }

    /// The keys of those the log tells about.
    public SubjectKeyStore subjects() {
        return subjects;
    }

    public AuditLog log() {
        return log;
    }

    @Override
    public void record(Audit.Line line) {
        begin(line).await();
    }

    /// @throws Problem STORAGE_FAILED when it cannot be made durable, BUSY when too much waits
    @Override
    public Audit.Pending begin(Audit.Line line) {
        CompletableFuture<AuditReceipt> durable =
                log.append(event(line))
                        .whenComplete((receipt, lost) -> {
                            if (lost != null) {
                                LOG.error(
                                        "a line of the audit log could not be kept: {}",
                                        line.action(),
                                        lost);
                            }
                        });
        return () -> await(durable);
    }

    /// Keeps a line, and gives it back with the proof that the log has it.
    ///
    /// @throws Problem as [#begin]
    public ExportLine certify(Audit.Line line) {
        CompletableFuture<AuditReceipt> durable = log.append(event(line));
        await(durable);
        long sequence = durable.join().sequence();
        return new ExportLine(log.entry(sequence), log.prove(sequence));
    }

    private AuditEvent event(Audit.Line line) {
        ObjectValue.Builder details = new ObjectValue.Builder();
        for (Map.Entry<String, ?> fact : line.facts().entrySet()) {
            details.put(
                    StringValue.of(fact.getKey()),
                    JsonValues.of(JSON.valueToTree(fact.getValue())));
        }
        details.put("requestId", StringValue.of(line.requestId()));
        details.put("issuer", StringValue.of(line.issuer()));
        return new AuditEvent(
                clock.instant(),
                line.subject().isEmpty() ? NOBODY : line.subject(),
                line.action(),
                line.resource(),
                decision(line.outcome()),
                line.facts().get(POLICY) instanceof String revision ? revision : "",
                line.subjects().isEmpty() ? List.of() : subjects.pseudonyms(line.subjects()),
                details.build());
    }

    private static void await(CompletableFuture<AuditReceipt> durable) {
        try {
            durable.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw e;
        }
    }

    private static AuditDecision decision(Audit.Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> AuditDecision.ALLOW;
            case RESTRICTED -> AuditDecision.ALLOW_RESTRICTED;
            case DENIED -> AuditDecision.DENY;
            case DONE -> AuditDecision.NONE;
            case FAILED -> AuditDecision.ERROR;
        };
    }

    @Override
    public void close() {
        log.close();
    }
}
