package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.config.SchemasConfig;
import dev.sheaf.node.context.ContextNode;
import dev.sheaf.node.context.DocumentFollower;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.identity.TokenVerifier;
import dev.sheaf.node.registry.AnnouncingLedger;
import dev.sheaf.node.registry.MeshRegistry;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The schema registry of a node, with what it is made of. For any thread.
public final class SchemaRoom implements ContextNode.MemberListener, AutoCloseable {
    /// What is around it.
    public record Surroundings(
            ContextNode context,
            AnnouncingLedger ledger,
            MeshRegistry registry,
            Governance governance,
            NodeSignatures signatures,
            TokenVerifier tokens,
            Audit audit,
            Clock clock) {}

    private final List<Route> routes;
    private final SchemaPeers peers;
    private final ContractFollower contracts;
    private final SchemaDocuments documents;
    private final SchemaCatalog catalog = new SchemaCatalog();
    private final SchemaHome home;
    private final List<SchemaReader> readers = new CopyOnWriteArrayList<>();
    private final List<DocumentFollower> followers = new CopyOnWriteArrayList<>();

    private SchemaRoom(
            SchemasConfig config, Surroundings around, SchemaServer server, ContractCheck planned) {
        this.documents =
                new SchemaDocuments(
                        around.context().runtime(),
                        around.signatures(),
                        around.registry().own(),
                        around.registry().peers());
        Subjects subjects =
                new Subjects(around.ledger(), around.registry(), around.governance(), catalog);
        this.home =
                new SchemaHome(
                        documents, catalog, config.idBlock(), subjects::places, around.clock());
        SchemaLookups lookups = new SchemaLookups(catalog, subjects, documents.own());
        SchemaChanges changes = new SchemaChanges(home, catalog, documents, lookups, subjects);
        this.peers = new SchemaPeers(around.context()::channel);
        ContractFit fit = new ContractFit(subjects, lookups, documents.own());
        planned.asks(fit::faults);
        SchemaApi api =
                new SchemaApi(lookups, changes, fit, around.audit(), documents.own(), peers);
        this.routes = new SchemaRoutes(api, new SchemaReads(lookups)).routes();
        this.contracts = new ContractFollower(subjects, changes, home);
        documents.shared().forEach(this::follow);
        around.ledger().whenChanged(_ -> contracts.changed());
        server.serve((order, token) -> answer(api, around.tokens().verify(token), order, token));
        contracts.start();
    }

    /// All that is here of other regions is known when this returns.
    ///
    /// @param server takes orders of other regions from then on
    /// @param planned asks about schemas of planned contracts from then on
    public static SchemaRoom open(
            SchemasConfig config, Surroundings around, SchemaServer server, ContractCheck planned) {
        return new SchemaRoom(config, around, server, planned);
    }

    private void follow(String type) {
        SchemaReader reader =
                new SchemaReader(
                        type,
                        documents,
                        catalog,
                        key -> {
                            home.defend(type, key);
                            contracts.changed();
                        });
        readers.add(reader);
        followers.add(DocumentFollower.open(documents.local(), type, reader));
    }

    /// The region has joined the mesh: it is told of schemas that it may know.
    @Override
    public void welcomed(RegionName region, String url) {
        catalog.welcome(region);
        if (documents.welcome(region)) {
            follow(SchemaType.pair(documents.own(), region));
            contracts.changed();
        }
    }

    /// Its subjects are had by nobody; its schemas stay, as data that was written with them does.
    @Override
    public void dismissed(RegionName region) {
        catalog.dismiss(region);
        contracts.changed();
    }

    private static SchemaAnswer answer(
            SchemaApi api, Principal caller, SchemaOrder order, String token) {
        boolean isVersion = order.path().size() == 4;
        boolean isConfig = order.step(0).equals("config");
        return switch (order.method()) {
            case "POST" -> {
                require(caller, Scope.PRODUCT_PUBLISH);
                yield api.register(order, caller, token);
            }
            case "PUT" -> {
                require(caller, Scope.MESH_APPLY);
                yield isConfig
                        ? api.setLevel(order, caller, token)
                        : api.setMode(order, caller, token);
            }
            case "DELETE" -> {
                require(caller, Scope.MESH_APPLY);
                yield switch (order.step(0)) {
                    case "config" -> api.dropLevel(order, caller, token);
                    case "mode" -> api.dropMode(order, caller, token);
                    default ->
                            isVersion
                                    ? api.deleteVersion(order, caller, token)
                                    : api.deleteSubject(order, caller, token);
                };
            }
            default -> throw new IllegalArgumentException(order.method());
        };
    }

    private static void require(Principal caller, Scope scope) {
        if (!caller.may(scope)) {
            throw new Problem(
                    dev.sheaf.kernel.ProblemCode.FORBIDDEN,
                    "this needs a token with the scope " + scope);
        }
    }

    public List<Route> routes() {
        return routes;
    }

    /// To be called when the policies have changed: who may know of what is asked anew.
    public void policiesChanged() {
        contracts.changed();
    }

    /// Documents of other regions that do not count here.
    public long faults() {
        return readers.stream().mapToLong(SchemaReader::faults).sum();
    }

    /// @throws Problem UNAVAILABLE while changes of others are not followed
    public void requireWorking() {
        followers.forEach(DocumentFollower::requireFollowing);
    }

    @Override
    public void close() {
        contracts.close();
        followers.forEach(DocumentFollower::close);
        peers.close();
    }
}
