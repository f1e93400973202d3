package dev.sheaf.node.grants;

import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.Read;
import dev.sheaf.context.runtime.WriteRequest;
import dev.sheaf.governance.grant.Grant;
import dev.sheaf.governance.grant.GrantBook;
import dev.sheaf.governance.grant.GrantDecision;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.context.DocumentFollower;
import dev.sheaf.node.context.LocalDocuments;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Grants as documents that all regions share. For any thread.
///
/// A decision is written under the condition that the document is as it was when the decision was
/// made, so of two owners at one node the second is told what the first has done. Decisions are
/// made in the region that the product is at home in, and signed by it ([DecisionSeal]); each is a
/// member of its own in the document, and [Grant] says which counts - a revocation before a denial,
/// a denial before approvals, and of approvals what all of them allow. A decision counts at this
/// node once it is written, at the others when it has arrived.
public final class ContextGrants implements GrantBook, AutoCloseable {
    private static final int TRIES_MAX = 5;

    private final ContextService documents;
    private final GrantIndex index;
    private final DecisionSeal seal;
    private final LocalDocuments local;
    private final DocumentFollower follower;

    private ContextGrants(ContextService documents, GrantIndex index, DecisionSeal seal) {
        this.documents = documents;
        this.seal = seal;
        this.index = index;
        this.local = new LocalDocuments(documents);
        this.follower =
                DocumentFollower.open(local, GrantDocument.TYPE, new GrantReader(index, seal));
    }

    /// Declares the type, reads all grants into the index and follows their changes.
    ///
    /// @param index gets whatever becomes known of grants
    /// @param seal which decisions count
    /// @throws Problem as the runtime's methods do
    public static ContextGrants open(ContextRuntime runtime, GrantIndex index, DecisionSeal seal) {
        LocalDocuments.declare(runtime, ContextGrants.class, GrantDocument.TYPE);
        return new ContextGrants(runtime, index, seal);
    }

    /// To be called when it may have become known whose decisions count: all are read anew.
    public void reconsider() {
        follower.reload();
    }

    /// @throws Problem UNAVAILABLE while the node does not hear what becomes of grants
    public void requireFollowing() {
        follower.requireFollowing();
    }

    @Override
    public Optional<Grant> find(String id) {
        return index.find(id);
    }

    @Override
    public List<Grant> all() {
        return List.copyOf(index.all());
    }

    @Override
    public void add(Grant grant) {
        documents.write(
                write(
                        grant.id(),
                        new Change.State(GrantDocument.of(grant.request())),
                        grant.id(),
                        grant.request().askedBy(),
                        ""));
        index.put(grant);
    }

    @Override
    public Grant decide(String id, String key, Function<Grant, GrantDecision> decision) {
        for (int attempt = 1; attempt <= TRIES_MAX; attempt++) {
            Read.Found found = read(id);
            Grant before = GrantDocument.read(id, found.value(), seal);
            GrantDecision made = decision.apply(before);
            Change change =
                    new Change.Patch(
                            List.of(
                                    new PatchOperation(
                                            PatchOperation.Kind.ADD,
                                            "/decisions/" + key,
                                            Optional.empty(),
                                            Optional.of(GrantDocument.of(id, key, made, seal)))));
            try {
                documents.write(write(id, change, key, made.by(), found.version()));
            } catch (Problem moved) {
                if (moved.code() == ProblemCode.PRECONDITION_FAILED) {
                    continue;
                }
                throw moved;
            }
            Grant after = before.with(key, made);
            index.put(after);
            return after;
        }
        throw new Problem(
                ProblemCode.CONFLICT, id + " changes faster than it can be decided on; try again");
    }

    private Read.Found read(String id) {
        return local.find(GrantDocument.TYPE, id)
                .orElseThrow(
                        () -> new Problem(ProblemCode.NOT_FOUND, "the grant " + id + " is gone"));
    }

    private static WriteRequest write(
            String id, Change change, String eventId, String author, String version) {
        return new WriteRequest(
                new DocumentKey(GrantDocument.TYPE, id),
                change,
                eventId,
                Optional.empty(),
                Optional.empty(),
                0,
                "",
                author,
                Optional.of(version));
    }

    @Override
    public void close() {
        follower.close();
    }
}
