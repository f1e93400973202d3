package dev.sheaf.node.context;

import dev.sheaf.context.codec.EventJsonReader;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.node.governance.GovernedContexts;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All of the context API. Closing it ends the streams.
public final class ContextRoutes implements AutoCloseable {
    private final LiveStreams streams;
    private final List<Route> routes = new ArrayList<>();

    /// @param regions where redirected reads go
    /// @param masks with the node's key
    /// @param whenDeclared told that a type was applied
    /// @param faults in development mode only
    public ContextRoutes(
            ContextService service,
            RegionAddresses regions,
            Optional<LinkFaultSwitch> faults,
            ContextLimits limits,
            GovernedContexts policies,
            ValueMasks masks,
            Runnable whenDeclared,
            Audit audit) {
        EventJsonReader json = new EventJsonReader(limits.depthMax());
        ContextAccess access = new ContextAccess(service, policies);
        ContextSight sight = new ContextSight(service, access, audit);
        MaskedDocuments documents = new MaskedDocuments(masks);
        this.streams = new LiveStreams(limits.streamsMax());
        routes.addAll(
                new TypeRoutes(
                                service,
                                sight,
                                new Replication(policies),
                                whenDeclared,
                                audit,
                                limits.eventMax())
                        .routes());
        routes.addAll(
                new DocumentRoutes(
                                service, sight, json, regions, documents, audit, limits.eventMax())
                        .routes());
        routes.addAll(new IngestRoutes(service, sight, json, limits.batchMax()).routes());
        routes.addAll(new StreamRoutes(service, sight, access, documents, streams).routes());
        routes.addAll(new LinkRoutes(service, faults, audit).routes());
        routes.addAll(new CheckpointRoutes(service, sight, audit).routes());
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /// Streams that are open now.
    public int streamsOpen() {
        return streams.open();
    }

    @Override
    public void close() {
        streams.close();
    }
}
