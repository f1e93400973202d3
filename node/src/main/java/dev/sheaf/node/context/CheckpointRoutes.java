package dev.sheaf.node.context;

import dev.sheaf.client.ContextCheckpoint;
import dev.sheaf.client.ContextCheckpointRequest;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Copies of everything the node holds, to be restored elsewhere or later. They have all domains in
/// them, so a token has to cover all.
final class CheckpointRoutes {
    private final ContextService service;
    private final ContextSight sight;
    private final Audit audit;

    CheckpointRoutes(ContextService service, ContextSight sight, Audit audit) {
        this.service = service;
        this.sight = sight;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                        "POST",
                        "/api/v1/context-checkpoints",
                        Access.needs(Scope.CONTEXT_ADMIN),
                        this::take));
    }

    private Reply take(Request request) {
        sight.requireAllDomains(request, "a checkpoint has the documents of all in it");
        Path folder = folder(request.json(ContextCheckpointRequest.class).folder());
        long position = service.checkpoint(folder);
        audit.record(
                request.id(),
                request.caller(),
                "context.checkpoint",
                folder.toString(),
                Audit.Outcome.DONE,
                Map.of());
        return Reply.json(new ContextCheckpoint(folder.toString(), position));
    }

    private static Path folder(String text) {
        try {
            Path folder = Path.of(text);
            if (folder.isAbsolute()) {
                return folder.normalize();
            }
        } catch (InvalidPathException e) {
            throw noFolder(e);
        }
        throw noFolder(null);
    }

    private static Problem noFolder(@org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "folder is no absolute path on the node's machine; name one that does not exist"
                        + " yet, from the root on",
                cause);
    }
}
