package dev.sheaf.node.lineage;

import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.queries.ReadNotes;
import dev.sheaf.node.search.Sightings;
import dev.sheaf.node.spans.SpanLineage;
import dev.sheaf.node.spans.TraceRoutes;
import dev.sheaf.registry.Catalog;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// All of lineage that the node is wired with. For any thread.
public final class LineageRoom {
    private final MeshLineage lineage;
    private final LineageQueries queries;
    private final Audit audit;
    private final Clock clock;

    /// @param lineage closed by whoever has opened it
    public LineageRoom(
            MeshLineage lineage, Catalog catalog, Sightings sightings, Audit audit, Clock clock) {
        this.lineage = lineage;
        this.queries = new LineageQueries(lineage, catalog, sightings);
        this.audit = audit;
        this.clock = clock;
    }

    /// For plans.
    public PlanImpacts planImpacts() {
        return new PlanImpacts(lineage, queries);
    }

    /// For queries to report to.
    public ReadNotes queryNotes() {
        return new QueryLineage(lineage, clock);
    }

    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new IntakeRoutes(lineage, audit).routes());
        routes.addAll(
                new TraceRoutes(
                                new SpanLineage(lineage.names().products()),
                                Access.needs(Scope.LINEAGE_WRITE),
                                (event, caller) ->
                                        EventLog.await(lineage.receive(event, caller).isNew()))
                        .routes());
        routes.addAll(new LineageRoutes(lineage, queries).routes());
        ModelDesk desk = new ModelDesk(lineage, queries, audit, clock);
        routes.addAll(new ModelRoutes(desk).routes());
        routes.addAll(new MlflowRoutes(desk, clock).routes());
        return routes;
    }
}
