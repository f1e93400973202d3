package dev.sheaf.context.runtime;

import dev.sheaf.context.sync.Staleness;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// Reads of a group's documents, served once they can be as fresh as they have to be. For the
/// group's thread.
final class GroupReads {
    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final Group group;
    private final EngineParts parts;
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(
            ReadRequest request,
            KnownType type,
            Optional<VersionTokens.Demand> demand,
            long endNanos,
            CompletableFuture<Read> answer) {}

    GroupReads(Group group, EngineParts parts) {
        this.group = group;
        this.parts = parts;
    }

    /// Completes the answer now or when it can be given, exceptionally with STALE when it cannot be
    /// in time.
    void read(ReadRequest request, KnownType type, CompletableFuture<Read> answer) {
        long now = parts.nanoTime().getAsLong();
        Optional<VersionTokens.Demand> demand =
                request.token()
                        .flatMap(token -> VersionTokens.read(token, group.id(), parts.actors()));
        Waiting read =
                new Waiting(request, type, demand, now + request.patience().toNanos(), answer);
        if (isFresh(read, now)) {
            serve(read, now);
        } else if (request.patience().isZero()) {
            refuse(read, now);
        } else {
            waiting.add(read);
            request.waits().run();
            group.replica().refresh(now);
        }
    }

    /// Serves what has become possible, and refuses what has waited long enough.
    void tick(long now) {
        Iterator<Waiting> each = waiting.iterator();
        while (each.hasNext()) {
            Waiting read = each.next();
            if (read.answer().isDone()) {
                each.remove();
            } else if (isFresh(read, now)) {
                each.remove();
                parts.metrics().bound(read.type().lane(), ContextMetrics.BoundAction.WAITED);
                serve(read, now);
            } else if (now - read.endNanos() >= 0) {
                each.remove();
                refuse(read, now);
            }
        }
    }

    private boolean isFresh(Waiting read, long now) {
        boolean hasSeen =
                read.demand()
                        .map(demand ->
                                !demand.unknown()
                                        && group.replica().applied().covers(demand.vector()))
                        .orElse(true);
        return hasSeen && group.replica().stalenessNanos(now) <= bound(read).toNanos();
    }

    private static Duration bound(Waiting read) {
        return read.request().maxStaleness().orElse(read.type().lane().stalenessMax());
    }

    private void serve(Waiting read, long now) {
        DocumentEntry entry = group.documents().load(read.type(), read.request().key());
        Read answer;
        try {
            answer = answer(read, entry, freshness(now));
        } catch (Problem problem) {
            read.answer().completeExceptionally(problem);
            return;
        }
        if (group.isSynced(entry.turn)) {
            read.answer().complete(answer);
        } else {
            group.whenDurable(
                    new Acknowledgement() {
                        @Override
                        public void durable() {
                            read.answer().complete(answer);
                        }

                        @Override
                        public void failed(Problem problem) {
                            read.answer().completeExceptionally(problem);
                        }
                    });
        }
    }

    private Read answer(Waiting read, DocumentEntry entry, Freshness freshness) {
        String token = VersionTokens.write(group.id(), group.replica().applied(), parts.actors());
        KnownType type = read.type();
        Optional<JsonNode> view =
                group.shows(entry)
                        ? entry.document.view(type.rules(), parts.actors())
                        : Optional.empty();
        if (view.isEmpty()) {
            return new Read.Absent(freshness, token);
        }
        String version = read.request().schemaVersion().orElse(type.newestVersion());
        JsonNode value =
                type.type().translation(type.newestVersion(), version).document(view.get());
        long end = entry.document.expiresAtMillis(type.ttlSeconds());
        return new Read.Found(
                value,
                version,
                versionOf(entry),
                entry.document.redactedPaths(),
                entry.document.conflicts(type.rules(), parts.actors()).size(),
                end == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(end)),
                freshness,
                token);
    }

    /// What conditional writes compare; empty for a document that is not there.
    static String versionOf(DocumentEntry entry) {
        return entry.document.exists() ? HexFormat.of().toHexDigits(entry.document.digest()) : "";
    }

    Freshness freshness(long now) {
        Map<RegionName, Duration> byRegion = new HashMap<>();
        for (Staleness.Origin origin : group.replica().staleness(now).origins()) {
            byRegion.merge(
                    origin.region(),
                    duration(origin.nanos()),
                    (left, right) -> left.compareTo(right) > 0 ? left : right);
        }
        return new Freshness(duration(group.replica().stalenessNanos(now)), byRegion);
    }

    private static Duration duration(long nanos) {
        return nanos == Staleness.UNKNOWN ? NEVER : Duration.ofNanos(nanos);
    }

    private void refuse(Waiting read, long now) {
        parts.metrics().bound(read.type().lane(), ContextMetrics.BoundAction.REFUSED);
        Freshness freshness = freshness(now);
        Map<String, Object> perRegion = new TreeMap<>();
        freshness
                .byRegion()
                .forEach((region, age) ->
                        perRegion.put(
                                region.toString(), age.equals(NEVER) ? "unknown" : age.toMillis()));
        Map<String, Object> details = new HashMap<>();
        details.put("measuredStalenessMs", millisOrUnknown(freshness.staleness()));
        details.put("maxStalenessMs", bound(read).toMillis());
        details.put("perRegion", perRegion);
        freshRegion(freshness).ifPresent(region -> details.put("freshRegion", region.toString()));
        boolean missesToken =
                read.demand()
                        .map(demand ->
                                demand.unknown()
                                        || !group.replica().applied().covers(demand.vector()))
                        .orElse(false);
        details.put("missesToken", missesToken);
        read.answer()
                .completeExceptionally(
                        new Problem(
                                ProblemCode.STALE,
                                read.request().key()
                                        + " cannot be read within "
                                        + bound(read).toMillis()
                                        + " ms of staleness here: measured "
                                        + millisOrUnknown(freshness.staleness())
                                        + (missesToken
                                                ? ", and the token's writes have not arrived"
                                                : "")
                                        + ". Allow more, wait longer, or ask "
                                        + freshRegion(freshness)
                                                .map(RegionName::toString)
                                                .orElse("again when the links are up"),
                                details,
                                null));
    }

    private static Object millisOrUnknown(Duration age) {
        return age.equals(NEVER) ? "unknown" : age.toMillis();
    }

    /// The reachable region that knows most of the one that this node knows least of.
    private Optional<RegionName> freshRegion(Freshness freshness) {
        return group.replica().members().stream()
                .filter(member -> {
                    Duration age =
                            freshness.byRegion().get(parts.actors().actor(member.actor()).region());
                    return age != null && age.compareTo(freshness.staleness()) >= 0;
                })
                .map(member -> group.replica().freshest(member.actor()))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
