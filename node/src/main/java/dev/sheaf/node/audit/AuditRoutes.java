package dev.sheaf.node.audit;

import dev.sheaf.client.AuditConsistency;
import dev.sheaf.client.AuditEntryInfo;
import dev.sheaf.client.AuditKeyInfo;
import dev.sheaf.client.AuditPage;
import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.governance.audit.ExportLine;
import dev.sheaf.governance.audit.merkle.ConsistencyProof;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.store.AuditBackCursor;
import dev.sheaf.governance.audit.store.AuditCursor;
import dev.sheaf.governance.audit.store.AuditLog;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The audit log for those who audit: searched, proven, exported. Each request is a line of the log
/// itself, written before it is answered; a search does not find its own.
public final class AuditRoutes {
    private static final String LOG = "audit";
    private static final int ENTRIES_DEFAULT = 100;
    private static final int ENTRIES_MAX = 1000;

    private final AuditTrail trail;
    private final AuditLog log;
    private final AuditSight sight;

    public AuditRoutes(AuditTrail trail, Audit audit) {
        this.trail = trail;
        this.log = trail.log();
        this.sight = new AuditSight(audit);
    }

    public List<Route> routes() {
        Access read = Access.needs(Scope.AUDIT_READ);
        String api = "/api/v1/audit";
        return List.of(
                Route.of("GET", api + "/entries", read, this::search),
                Route.of("GET", api + "/entries/{index}", read, this::entry),
                Route.of("GET", api + "/checkpoint", read, this::checkpoint),
                Route.of("GET", api + "/consistency", read, this::consistency),
                Route.of("GET", api + "/export", read, this::export),
                Route.of("GET", api + "/key", read, this::key));
    }

    private Reply search(Request request) {
        AuditQuery query = AuditFilter.of(request);
        boolean isNewestFirst = isNewestFirst(request);
        AuditPlace place = AuditPlace.of(request.query("cursor"), isNewestFirst);
        int limit = Math.toIntExact(request.number("limit", ENTRIES_DEFAULT, 1, ENTRIES_MAX));
        long size = log.size();
        sight.require(request, "audit.search", LOG, AuditFilter.facts(request));
        List<AuditEntry> found =
                isNewestFirst
                        ? newest(query, Math.min(size, place.sequence()), limit + 1)
                        : oldest(query.withFromSequence(place.sequence()), size, limit + 1);
        List<AuditEntryInfo> shown = found.stream().limit(limit).map(AuditAnswers::entry).toList();
        Optional<String> next =
                found.size() > limit
                        ? Optional.of(
                                new AuditPlace(
                                                isNewestFirst,
                                                isNewestFirst
                                                        ? found.get(limit - 1).sequence()
                                                        : found.get(limit).sequence())
                                        .toString())
                        : Optional.empty();
        return Reply.json(new AuditPage(shown, next, size));
    }

    private static boolean isNewestFirst(Request request) {
        String order = request.query("order").orElse("newest");
        return switch (order) {
            case "newest" -> true;
            case "oldest" -> false;
            default ->
                    throw new Problem(
                            ProblemCode.BAD_REQUEST,
                            "parameter order is '" + order + "': write newest or oldest");
        };
    }

    private List<AuditEntry> newest(AuditQuery query, long before, int max) {
        List<AuditEntry> found = new ArrayList<>();
        try (AuditBackCursor cursor = log.searchBackwards(query, before)) {
            for (Optional<AuditEntry> next = cursor.next();
                    next.isPresent();
                    next = found.size() < max ? cursor.next() : Optional.empty()) {
                found.add(next.get());
            }
        }
        return found;
    }

    private List<AuditEntry> oldest(AuditQuery query, long size, int max) {
        List<AuditEntry> found = new ArrayList<>();
        try (AuditCursor cursor = log.search(query)) {
            for (Optional<AuditEntry> next = cursor.next();
                    next.isPresent() && next.get().sequence() < size;
                    next = found.size() < max ? cursor.next() : Optional.empty()) {
                found.add(next.get());
            }
        }
        return found;
    }

    private Reply entry(Request request) {
        long index = index(request.path("index"));
        sight.require(request, "audit.entry", LOG, Map.of("entry", index));
        AuditEntry entry = log.entry(index);
        String line = new ExportLine(entry, log.prove(index)).toString();
        return text("application/json", line);
    }

    private static long index(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "there is no entry '" + text + "': entries have numbers, from 0 on",
                    e);
        }
    }

    private Reply checkpoint(Request request) {
        sight.require(request, "audit.checkpoint", LOG, Map.of());
        SignedNote note = log.sign().orElseThrow();
        return text("text/plain; charset=utf-8", note.toString());
    }

    private Reply consistency(Request request) {
        long from = request.number("from", 0, 0, Long.MAX_VALUE);
        long to = request.number("to", from, 0, Long.MAX_VALUE);
        sight.require(request, "audit.consistency", LOG, Map.of("from", from, "to", to));
        ConsistencyProof proof = log.proveConsistency(from, to);
        return Reply.json(
                new AuditConsistency(
                        from, to, proof.path().stream().map(TreeHash::toString).toList()));
    }

    private Reply export(Request request) {
        AuditQuery query = AuditFilter.of(request);
        sight.require(request, "audit.export", LOG, AuditFilter.facts(request));
        return new Reply.Stream(200, "application/x-ndjson", body -> lines(query, body), Map.of());
    }

    private void lines(AuditQuery query, OutputStream body) throws IOException {
        try {
            log.export(
                    query,
                    line -> {
                        try {
                            body.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Reply key(Request request) {
        sight.require(request, "audit.key", LOG, Map.of());
        return Reply.json(new AuditKeyInfo(trail.key().name(), trail.key().toString()));
    }

    private static Reply text(String mediaType, String text) {
        return new Reply.Bytes(200, mediaType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
