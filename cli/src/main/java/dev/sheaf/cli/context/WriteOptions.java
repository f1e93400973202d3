package dev.sheaf.cli.context;

import dev.sheaf.client.ContextWrite;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Optional;
import java.util.UUID;

/// What surrounds a write. Each command run names one event, so that its repetitions over a bad
/// connection have the effect of one.
final class WriteOptions {
    @Option(
            names = "--event-id",
            paramLabel = "ID",
            description = "The write's id; the same one twice has the effect of once.")
    private @Nullable String eventId;

    @Option(
            names = "--schema-version",
            paramLabel = "VERSION",
            description = "The schema version that you write in (default: the newest).")
    private @Nullable String schemaVersion;

    @Option(
            names = "--priority",
            paramLabel = "LANE",
            description = "critical, important or background (default: the type's class).")
    private @Nullable String priority;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "How long the document stays: 90s, 1h (default: the type's rule).")
    private @Nullable String ttl;

    @Option(
            names = "--compaction-key",
            paramLabel = "KEY",
            description = "Consecutive writes of one key may be sent as one.")
    private @Nullable String compactionKey;

    @Option(
            names = "--if-match",
            paramLabel = "VERSION",
            description = "Only over this version of the document.")
    private @Nullable String ifMatch;

    ContextWrite write() {
        return write(false);
    }

    ContextWrite write(boolean ifAbsent) {
        return new ContextWrite(
                Optional.of(eventId == null ? UUID.randomUUID().toString() : eventId),
                Optional.ofNullable(schemaVersion),
                Optional.ofNullable(priority),
                Optional.ofNullable(ttl),
                Optional.ofNullable(compactionKey),
                Optional.ofNullable(ifMatch),
                ifAbsent);
    }
}
