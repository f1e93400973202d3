package dev.sheaf.node.lineage;

import dev.sheaf.client.LineageReceipt;
import dev.sheaf.client.LineageReceipt.Failed;
import dev.sheaf.client.LineageReceipt.Summary;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.PackedBody;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes OpenLineage events as its clients send them: one at a time, or an array of them. What is
/// answered is on the disk and counts.
final class IntakeRoutes {
    /// Of one request.
    private static final ByteSize BODY_MAX = ByteSize.ofMebibytes(16);

    private static final int EVENTS_MAX = 10_000;
    private static final int NOTES_MAX = 20;
    private static final String ACTION = "lineage.write";

    private final MeshLineage lineage;
    private final Audit audit;

    IntakeRoutes(MeshLineage lineage, Audit audit) {
        this.lineage = lineage;
        this.audit = audit;
    }

    List<Route> routes() {
        Access write = Access.needs(Scope.LINEAGE_WRITE);
        return List.of(
                Route.of("POST", "/api/v1/lineage", write, this::receive),
                Route.of("POST", "/api/v1/lineage/batch", write, this::batch));
    }

    private Reply receive(Request request) {
        byte[] body = PackedBody.of(request, BODY_MAX);
        if (EventArray.isArray(body)) {
            return many(request, body);
        }
        MeshLineage.Received received = one(request, body);
        boolean isNew = EventLog.await(received.isNew());
        return new Reply.Json(
                201,
                new LineageReceipt(
                        "success",
                        new Summary(1, 1, 0, isNew ? 0 : 1),
                        List.of(),
                        received.notes()),
                Map.of());
    }

    private Reply batch(Request request) {
        byte[] body = PackedBody.of(request, BODY_MAX);
        if (!EventArray.isArray(body)) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "a batch is an array of events: send one event to /api/v1/lineage");
        }
        return many(request, body);
    }

    private Reply many(Request request, byte[] body) {
        List<byte[]> events = EventArray.split(body, EVENTS_MAX);
        List<Optional<MeshLineage.Received>> received = new ArrayList<>();
        List<Failed> failed = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (int index = 0; index < events.size(); index++) {
            try {
                MeshLineage.Received each = one(request, events.get(index));
                received.add(Optional.of(each));
                for (String note : each.notes()) {
                    if (notes.size() < NOTES_MAX) {
                        notes.add(index + ": " + note);
                    }
                }
            } catch (Problem refused) {
                received.add(Optional.empty());
                failed.add(failed(index, refused));
            }
        }
        int duplicates = 0;
        for (Optional<MeshLineage.Received> each : received) {
            if (each.isPresent() && !EventLog.await(each.get().isNew())) {
                duplicates++;
            }
        }
        Summary summary =
                new Summary(
                        events.size(), events.size() - failed.size(), failed.size(), duplicates);
        return Reply.json(
                new LineageReceipt(
                        failed.isEmpty() ? "success" : "partial_success", summary, failed, notes));
    }

    private static Failed failed(int index, Problem problem) {
        return new Failed(
                index,
                problem.message(),
                problem.code().retryable(),
                Optional.of(problem.code().name()));
    }

    private MeshLineage.Received one(Request request, byte[] text) {
        try {
            return lineage.receive(text, request.caller());
        } catch (Problem problem) {
            if (problem.code() == ProblemCode.FORBIDDEN) {
                audit.record(
                        request.id(),
                        request.caller(),
                        ACTION,
                        "lineage",
                        Audit.Outcome.DENIED,
                        Map.of("reason", problem.message()));
            }
            throw problem;
        }
    }
}
