package dev.sheaf.node;

import dev.sheaf.context.runtime.LinkStatus;
import dev.sheaf.cost.PriceBook;
import dev.sheaf.cost.PriceBookReader;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.TextFunction;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.DecisionMaker;
import dev.sheaf.governance.decision.Inquiry;
import dev.sheaf.governance.decision.MaskSql;
import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.governance.grant.GrantRules;
import dev.sheaf.governance.mask.TextTokens;
import dev.sheaf.governance.source.PolicyTrial;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.RangeCache;
import dev.sheaf.node.api.GrantIds;
import dev.sheaf.node.api.GrantRoutes;
import dev.sheaf.node.api.MeshRoutes;
import dev.sheaf.node.api.NodeRoutes;
import dev.sheaf.node.api.PolicyRoutes;
import dev.sheaf.node.api.ProductRoutes;
import dev.sheaf.node.api.PublishRoutes;
import dev.sheaf.node.api.QuarantineRoutes;
import dev.sheaf.node.api.RegistryRoutes;
import dev.sheaf.node.audit.AccessRecorder;
import dev.sheaf.node.audit.AuditRoutes;
import dev.sheaf.node.audit.AuditTrail;
import dev.sheaf.node.audit.HistoryRoutes;
import dev.sheaf.node.config.EngineSettings;
import dev.sheaf.node.config.NodeConfig;
import dev.sheaf.node.context.ContextLimits;
import dev.sheaf.node.context.ContextMeters;
import dev.sheaf.node.context.ContextNode;
import dev.sheaf.node.context.ContextRoutes;
import dev.sheaf.node.context.ValueMasks;
import dev.sheaf.node.costs.Budgets;
import dev.sheaf.node.costs.CostMeter;
import dev.sheaf.node.costs.CostRoutes;
import dev.sheaf.node.costs.Departures;
import dev.sheaf.node.costs.LinkMeter;
import dev.sheaf.node.costs.MeteredPrices;
import dev.sheaf.node.erasure.ErasureRoutes;
import dev.sheaf.node.erasure.Erasures;
import dev.sheaf.node.federation.FlightRegions;
import dev.sheaf.node.federation.HomeKeys;
import dev.sheaf.node.federation.HomePlans;
import dev.sheaf.node.federation.HomeQueries;
import dev.sheaf.node.federation.SubQueryServer;
import dev.sheaf.node.flightsql.FlightSqlDoor;
import dev.sheaf.node.governance.ColumnDetector;
import dev.sheaf.node.governance.DryRun;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.governance.GovernedContexts;
import dev.sheaf.node.governance.GovernedReleases;
import dev.sheaf.node.governance.GovernedTables;
import dev.sheaf.node.governance.InheritedClassification;
import dev.sheaf.node.governance.MaskKey;
import dev.sheaf.node.governance.PolicyLab;
import dev.sheaf.node.governance.PolicyStore;
import dev.sheaf.node.governance.ProductResources;
import dev.sheaf.node.governance.RecentQuestions;
import dev.sheaf.node.governance.SteadyClock;
import dev.sheaf.node.grants.ContextGrants;
import dev.sheaf.node.grants.GrantIndex;
import dev.sheaf.node.http.Admission;
import dev.sheaf.node.http.HttpServer;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.LocalIssuer;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.RecentTokens;
import dev.sheaf.node.identity.TokenVerifier;
import dev.sheaf.node.lineage.LineageRoom;
import dev.sheaf.node.lineage.MeshLineage;
import dev.sheaf.node.lineage.MeshNames;
import dev.sheaf.node.lineage.PublishLineage;
import dev.sheaf.node.lineage.SharedLineage;
import dev.sheaf.node.links.NodeCredentials;
import dev.sheaf.node.membership.KeyRenewal;
import dev.sheaf.node.membership.MemberAddress;
import dev.sheaf.node.membership.MemberRoutes;
import dev.sheaf.node.membership.MemberView;
import dev.sheaf.node.membership.Members;
import dev.sheaf.node.membership.Membership;
import dev.sheaf.node.metrics.NodeMetrics;
import dev.sheaf.node.opa.ExternalOpa;
import dev.sheaf.node.opa.OpaRoutes;
import dev.sheaf.node.queries.QueryRoutes;
import dev.sheaf.node.queries.ReleaseTables;
import dev.sheaf.node.queries.ResultCache;
import dev.sheaf.node.queries.StatementIds;
import dev.sheaf.node.queries.StatementRecords;
import dev.sheaf.node.queries.SubjectProducts;
import dev.sheaf.node.registry.AnnouncingLedger;
import dev.sheaf.node.registry.HomeDecisions;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.node.registry.ProductKeys;
import dev.sheaf.node.registry.RemoteProducts;
import dev.sheaf.node.replicas.FileClient;
import dev.sheaf.node.replicas.FileServer;
import dev.sheaf.node.replicas.HandedOut;
import dev.sheaf.node.replicas.HomeFiles;
import dev.sheaf.node.replicas.ReplicaCheck;
import dev.sheaf.node.replicas.ReplicaRoutes;
import dev.sheaf.node.replicas.Replicas;
import dev.sheaf.node.retention.Retention;
import dev.sheaf.node.retention.RetentionRoutes;
import dev.sheaf.node.runs.DistantRuleReads;
import dev.sheaf.node.runs.ImportRoots;
import dev.sheaf.node.runs.LiveRun;
import dev.sheaf.node.runs.ProductTraces;
import dev.sheaf.node.runs.PublishOrder;
import dev.sheaf.node.runs.PublisherWork;
import dev.sheaf.node.runs.RunRegistry;
import dev.sheaf.node.runs.Uploads;
import dev.sheaf.node.schemas.ContractCheck;
import dev.sheaf.node.schemas.SchemaRoom;
import dev.sheaf.node.schemas.SchemaServer;
import dev.sheaf.node.search.CatalogSearch;
import dev.sheaf.node.search.SearchRoutes;
import dev.sheaf.node.search.Sightings;
import dev.sheaf.node.tracing.Tracing;
import dev.sheaf.product.apply.Applier;
import dev.sheaf.product.apply.Planner;
import dev.sheaf.product.apply.ProductSpecReader;
import dev.sheaf.product.erase.Eraser;
import dev.sheaf.product.ledger.DataDirectory;
import dev.sheaf.product.publish.PipelineCheck;
import dev.sheaf.product.publish.PublishLimits;
import dev.sheaf.product.publish.PublishReport;
import dev.sheaf.product.publish.Publisher;
import dev.sheaf.product.publish.QuarantineReader;
import dev.sheaf.product.publish.RunIds;
import dev.sheaf.product.release.ProductHealth;
import dev.sheaf.product.release.Releases;
import dev.sheaf.product.transform.Lineages;
import dev.sheaf.query.CachedFiles;
import dev.sheaf.query.QueryConfig;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.TablePolicy;
import dev.sheaf.query.federation.Federation;
import dev.sheaf.query.federation.FederationLimits;
import dev.sheaf.query.federation.RemoteCatalog;
import dev.sheaf.query.federation.TransferPrices;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// The map of the running system, read from top to bottom: each part is made of those above it.
final class Wiring {
    /// The context's folder in the data directory.
    static final String CONTEXT = "context";

    /// The policies' folder in the data directory.
    private static final String POLICIES = "policies";

    /// The audit log's.
    private static final String AUDIT = "audit";

    /// Who belongs to the mesh.
    private static final String MEMBERS = "members.json";

    /// What has left the region.
    private static final String COSTS = "costs";

    /// What became of erasures.
    private static final String ERASURES = "erasures";

    /// How old what is known of other regions was.
    private static final String KNOWN = "known.json";

    /// Copies of other regions' products, and what others hold of this one's.
    private static final String REPLICAS = "replicas";

    /// What was reported of lineage.
    private static final String LINEAGE = "lineage";

    /// What became of the last retention run.
    private static final String RETENTION = "retention.json";

    /// With the keys that narrow it.
    private static final int SUB_QUERY_CHARACTERS_MAX = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private final Applier applier;
    private final Publisher publisher;
    private final Eraser eraser;
    private final Retention retention;
    private final Duration retentionInterval;
    private final Replicas replicas;
    private final MeshRegistry registry;
    private final NodeMetrics metrics = new NodeMetrics();
    private final RunRegistry runs;
    private final Readiness readiness;
    private final List<Route> routes;
    private final Optional<FlightSqlDoor> flightSql;
    private final HttpServer http;

    /// @param data held by this process
    /// @param resources gets whatever is to be closed at the end
    Wiring(NodeConfig config, DataDirectory data, Resources resources, Clock clock) {
        SecureRandom random = new SecureRandom();
        String origin = config.links().mesh() + "/" + config.region();
        AuditTrail trail =
                resources.add(
                        AuditTrail.open(
                                folder(data.root().resolve(AUDIT)), origin, data.keys(), clock));
        Audit audit = new Audit(trail);
        Tracing tracing =
                resources.add(
                        Tracing.open(
                                config.tracing().endpoint(),
                                config.region().toString(),
                                version()));
        metrics.count(
                "sheaf.tracing.lost", "Spans that no collector has got", tracing, Tracing::lost);

        // What is stored.
        ProductSpecReader specs = new ProductSpecReader();
        AnnouncingLedger ledger =
                resources.add(
                        new AnnouncingLedger(Storage.ledger(config.ledger(), data, specs, clock)));
        Lake lake = resources.add(Storage.lake(config.lake(), data));
        LazyEngine engine = resources.add(new LazyEngine(() -> engine(config.engine(), data)));

        // Who calls.
        Optional<LocalIssuer> issuer = Identities.localIssuer(config.identity(), data, clock);
        String maskKey = MaskKey.in(data.keys(), random);
        TokenVerifier tokens =
                new RecentTokens(
                        Identities.verifier(config.identity(), issuer, data.root(), clock), clock);
        issuer.ifPresent(local ->
                resources.add(
                        OperatorToken.keep(
                                local,
                                data.keys(),
                                config.identity().local().operatorTokenLifetime())));

        // Who this node is to the others.
        Members members = Members.open(data.root().resolve(MEMBERS));
        NodeCredentials credentials =
                NodeCredentials.open(
                        config.links(), config.region(), data.root(), data.keys(), members, clock);
        NodeSignatures signatures = credentials.signatures();
        credentials
                .own()
                .ifPresent(keys ->
                        resources.add(
                                KeyRenewal.start(keys, config.links().certificateLife(), audit)));

        // What is declared.
        Path checks = folder(data.scratch().resolve("checks"));
        ContractCheck planned =
                new ContractCheck(
                        new ReplicaCheck(config.region(), new PipelineCheck(engine, checks)));
        Planner planner = new Planner(planned);
        this.applier = new Applier(ledger, lake);
        Releases releases = new Releases(ledger, lake, specs, clock);
        ProductHealth health = new ProductHealth(ledger, releases, PublishReport::reasonOf, clock);

        // What is published.
        this.publisher =
                new Publisher(
                        engine,
                        lake,
                        ledger,
                        folder(data.scratch().resolve("publish")),
                        Storage.defaultRoot(config.lake(), data),
                        publishLimits(config),
                        clock);
        Uploads uploads =
                new Uploads(
                        data.uploads(),
                        config.limits().uploadMax(),
                        config.limits().filesMax(),
                        config.limits().diskFreeMin());
        ImportRoots importRoots =
                new ImportRoots(
                        config.publish().importRoots().stream().map(data.root()::resolve).toList());
        QuarantineReader quarantine = new QuarantineReader(engine, lake, checks);

        // Who may do what.
        Decider decider = new Decider(System::nanoTime, random);
        PolicyStore policies =
                new PolicyStore(
                        data.root().resolve(POLICIES),
                        decider,
                        new PolicyTrial(() -> nanos(clock), System::nanoTime, random),
                        clock);
        GrantIndex grantIndex = new GrantIndex();
        Optional<ExternalOpa> opa =
                config.governance()
                        .opa()
                        .url()
                        .map(url ->
                                resources.add(
                                        new ExternalOpa(
                                                url,
                                                config.governance()
                                                        .opa()
                                                        .tokenFile()
                                                        .map(data.root()::resolve),
                                                config.governance().opa().timeout())));
        RecentQuestions recent =
                new RecentQuestions(opa.<DecisionMaker>map(external -> external).orElse(decider));
        Lineages lineages = new Lineages(engine, checks);
        ProductResources productResources =
                new ProductResources(
                        config.region().toString(),
                        ledger::product,
                        new InheritedClassification(ledger::products, lineages::of));
        Clock steady = new SteadyClock(clock);
        Governance governance =
                new Governance(
                        recent, grantIndex, productResources, config.region().toString(), steady);
        GovernedContexts contexts =
                new GovernedContexts(
                        recent,
                        opa.isEmpty() ? decider::inForce : Optional::empty,
                        grantIndex,
                        config.region(),
                        steady);
        DryRun dryRun =
                new DryRun(
                        decider,
                        new DryRun.Known(
                                recent,
                                ledger::products,
                                grantIndex::holders,
                                grantIndex,
                                productResources),
                        config.region().toString(),
                        clock);

        ProductTraces productTraces = new ProductTraces(System::nanoTime);
        PublisherWork publishing =
                new PublisherWork(
                        publisher,
                        new GovernedReleases(
                                governance,
                                new ColumnDetector(),
                                Storage.places(config.lake(), data, config.region()),
                                config.region().toString(),
                                audit),
                        productTraces);
        PublishLineage publishLineage = new PublishLineage(publishing, ledger::product, clock);
        this.runs =
                resources.add(
                        new RunRegistry(
                                publishLineage,
                                config.publish().runsMax(),
                                config.publish().waitingMax(),
                                this::ended,
                                clock));

        // What it costs.
        CostMeter meter =
                resources.add(
                        CostMeter.open(
                                folder(data.root().resolve(COSTS)), prices(config, data), steady));
        Budgets budgets = new Budgets(ledger::domains, meter);
        TransferPrices transferPrices = new MeteredPrices(meter);

        // What is asked.
        Path ranges = folder(data.cache().resolve("ranges"));
        RangeCache cache =
                resources.add(RangeCache.open(ranges, config.cache().bytesMax(), lake.files()));
        QueryService systemQueries =
                resources.add(
                        new QueryService(
                                engine,
                                new ReleaseTables(ledger, releases),
                                (caller, product, table) ->
                                        new TablePolicy.Decision.Allow(Map.of(), Optional.empty()),
                                new CachedFiles(
                                        cache, ranges, Storage.localRoots(config.lake(), data)),
                                queryConfig(config, data, QueryConfig.STATEMENT_CHARACTERS_MAX)));

        // What others may copy of this region's.
        Path replicaFolder = folder(data.root().resolve(REPLICAS));
        HomeFiles homeFiles =
                new HomeFiles(
                        ledger,
                        releases,
                        lake,
                        governance,
                        new HandedOut(replicaFolder.resolve("handed-out.json")),
                        config.region(),
                        meter,
                        productTraces,
                        audit);
        FileServer fileServer = resources.add(new FileServer(homeFiles, tracing.tracer(), clock));

        // What all regions read and write.
        SubQueryServer subQueries = resources.add(new SubQueryServer());
        SchemaServer schemaServer = resources.add(new SchemaServer());
        ContextNode context =
                resources.add(
                        ContextNode.open(
                                config,
                                credentials,
                                members.regions(),
                                folder(data.root().resolve(CONTEXT)),
                                contexts,
                                List.of(subQueries, fileServer, schemaServer),
                                tracing.tracer(),
                                clock));
        MemberAddress address =
                new MemberAddress(
                        config.links().host().orElse(config.links().address()),
                        config.links().port(),
                        config.links().url().orElse(""));
        Optional<Membership> membership =
                Membership.open(credentials, members, context, address, clock);
        membership.ifPresent(resources::add);
        MemberView memberView =
                new MemberView(
                        credentials, members, context, address, config.links().peers(), clock);
        decider.whenChanged(context::refreshHolds);
        resources.add(
                new LinkMeter(
                                config.region(),
                                () ->
                                        context.runtime().links().stream()
                                                .collect(
                                                        Collectors.toMap(
                                                                link ->
                                                                        RegionName.parse(
                                                                                link.region()),
                                                                LinkStatus::bytesOut)),
                                meter)
                        .start());
        this.eraser =
                new Eraser(
                        engine,
                        lake,
                        ledger,
                        publisher,
                        folder(data.scratch().resolve("erase")),
                        publishLimits(config),
                        cache::forget,
                        clock);
        Erasures erasures =
                resources.add(
                        Erasures.open(
                                folder(data.root().resolve(ERASURES)),
                                new Erasures.Stores(
                                        ledger,
                                        eraser,
                                        runs,
                                        context.service(),
                                        homeFiles.confirmations(
                                                config.replicas().confirmationMax())),
                                governance,
                                contexts,
                                trail,
                                audit,
                                new RunIds(clock, random),
                                clock));
        this.retention =
                resources.add(
                        new Retention(
                                ledger,
                                eraser,
                                runs,
                                data.root().resolve(RETENTION),
                                audit,
                                new RunIds(clock, random),
                                clock));
        this.retentionInterval = config.retention().interval();
        ContextMeters.register(metrics, context.runtime(), config.region().toString());

        // What is known of other regions.
        this.registry =
                resources.add(
                        MeshRegistry.open(
                                MeshRegistry.Mesh.of(config.region(), config.links()),
                                new MeshRegistry.Home(
                                        ledger,
                                        releases,
                                        lake,
                                        specs,
                                        productResources,
                                        lineages,
                                        governance,
                                        new ProductKeys(maskKey.getBytes(StandardCharsets.UTF_8)),
                                        () ->
                                                decider.inForce()
                                                        .map(PolicySet::revision)
                                                        .orElse("")),
                                context.runtime(),
                                signatures,
                                data.root().resolve(KNOWN),
                                clock));
        context.whenMembersChange(registry);
        decider.whenChanged(registry::policiesChanged);
        SchemaRoom schemas =
                resources.add(
                        SchemaRoom.open(
                                config.schemas(),
                                new SchemaRoom.Surroundings(
                                        context,
                                        ledger,
                                        registry,
                                        governance,
                                        signatures,
                                        tokens,
                                        audit,
                                        clock),
                                schemaServer,
                                planned));
        context.whenMembersChange(schemas);
        decider.whenChanged(schemas::policiesChanged);
        RemoteCatalog remoteCatalog = new RemoteProducts(registry);
        ContextGrants grants =
                resources.add(
                        ContextGrants.open(
                                context.runtime(),
                                grantIndex,
                                new HomeDecisions(registry, signatures)));
        registry.whenHomesChange(grants::reconsider);

        CatalogSearch search =
                resources.add(
                        CatalogSearch.open(
                                registry.catalog(),
                                ledger::product,
                                folder(data.cache().resolve("search"))));
        Sightings sightings =
                new Sightings(
                        new Governance(
                                opa.<DecisionMaker>map(external -> external).orElse(decider),
                                grantIndex,
                                productResources,
                                config.region().toString(),
                                steady),
                        registry.catalog(),
                        grantIndex::changes,
                        clock);
        decider.whenChanged(sightings::policiesChanged);
        MeshLineage lineage =
                resources.add(
                        MeshLineage.open(
                                folder(data.root().resolve(LINEAGE)),
                                new MeshNames(config.links().mesh()),
                                config.region(),
                                registry.catalog(),
                                clock));
        publishLineage.reports(lineage);
        SharedLineage sharedLineage =
                resources.add(
                        SharedLineage.open(
                                lineage,
                                registry.catalog(),
                                registry.peers(),
                                context.runtime(),
                                signatures,
                                maskKey.getBytes(StandardCharsets.UTF_8)));
        context.whenMembersChange(sharedLineage);
        LineageRoom lineageRoom =
                new LineageRoom(lineage, registry.catalog(), sightings, audit, clock);

        FileClient fileClient = new FileClient(context::channel);
        this.replicas =
                resources.add(
                        Storage.replicas(
                                config,
                                data,
                                registry.peers(),
                                fileClient,
                                lake,
                                transferPrices,
                                cache::forget,
                                tracing.tracer(),
                                clock));
        context.whenMembersChange(replicas);
        resources.add(fileClient);

        // What is asked of all regions, and by them.
        ReleaseTables releaseTables = new ReleaseTables(ledger, releases);
        GovernedTables governedTables = new GovernedTables(governance, new MaskSql(maskKey));
        CachedFiles queriedFiles =
                new CachedFiles(cache, ranges, Storage.localRoots(config.lake(), data));
        FlightRegions regions =
                resources.add(new FlightRegions(context::channel, tracing.tracer()));
        QueryService queries =
                resources.add(
                        new QueryService(
                                engine,
                                releaseTables,
                                governedTables,
                                queriedFiles,
                                queryConfig(config, data, QueryConfig.STATEMENT_CHARACTERS_MAX),
                                new Federation(
                                        config.region(),
                                        remoteCatalog,
                                        regions,
                                        transferPrices,
                                        replicas,
                                        new HomeKeys(
                                                config.region(), governedTables, releaseTables),
                                        FederationLimits.DEFAULT)));
        publishing.reads(
                new DistantRuleReads(remoteCatalog, queries, new StatementIds(random)::next));
        QueryService homeQueries =
                resources.add(
                        new QueryService(
                                engine,
                                releaseTables,
                                governedTables,
                                queriedFiles,
                                queryConfig(config, data, SUB_QUERY_CHARACTERS_MAX)));
        ResultCache resultCache =
                new ResultCache(
                        releaseTables,
                        remoteCatalog,
                        grantIndex,
                        () -> decider.inForce().map(PolicySet::revision).orElse(""),
                        clock);
        decider.whenChanged(resultCache::clear);
        subQueries.serve(
                new HomeQueries(
                        homeQueries,
                        new HomePlans(homeQueries, governedTables, releaseTables),
                        new Departures(
                                config.region(),
                                meter,
                                budgets,
                                () ->
                                        opa.isPresent()
                                                || decider.inForce()
                                                        .map(PolicySet::mayCapCost)
                                                        .orElse(false)),
                        tokens,
                        audit,
                        config.engine().queryWorkersMax(),
                        tracing.tracer()));

        // How it is reached.
        this.readiness =
                new Readiness()
                        .with("ledger", ledger::revision)
                        .with("catalog", () -> Storage.look(lake))
                        .with("disk", () -> writable(data, config.limits().diskFreeMin()))
                        .with("engine", engine::made)
                        .with("policies", policies::requireSound)
                        .with("context", () -> context.runtime().requireHealthy())
                        .with("grants", grants::requireFollowing)
                        .with("registry", registry::requireWorking)
                        .with("search", search::requireWorking)
                        .with("costs", meter::requireWriting)
                        .with("lineage", lineage::requireWorking)
                        .with("shared-lineage", sharedLineage::requireWorking)
                        .with("schemas", schemas::requireWorking);
        opa.ifPresent(external -> readiness.with("opa", external::requireHealthy));
        NodeRoutes.Facts facts =
                new NodeRoutes.Facts(config.region(), version(), clock.instant(), openapi());
        this.routes = new ArrayList<>();
        // The server looks through them in this order: first what is asked thousands of times a
        // second.
        routes.addAll(schemas.routes());
        routes.addAll(lineageRoom.routes());
        routes.addAll(
                new NodeRoutes(
                                facts,
                                readiness::report,
                                () -> data.free().bytes(),
                                metrics,
                                config.metrics().loopbackOpen(),
                                issuer,
                                config.identity().local().tokenLifetimeMax(),
                                audit,
                                clock)
                        .routes());
        MeshRoutes mesh =
                new MeshRoutes(
                        ledger,
                        planner,
                        applier,
                        runs,
                        governance,
                        registry,
                        audit,
                        config.limits().manifestsMax(),
                        lineageRoom.planImpacts(),
                        productTraces,
                        clock);
        routes.addAll(mesh.routes());
        routes.addAll(
                new RegistryRoutes(registry, mesh, audit, config.limits().manifestsMax(), clock)
                        .routes());
        routes.addAll(
                new ProductRoutes(
                                ledger, releases, health, runs, governance, registry, audit, clock)
                        .routes());
        routes.addAll(
                new CostRoutes(
                                meter,
                                budgets,
                                ledger::domains,
                                config.links().mesh(),
                                config.region().toString())
                        .routes());
        routes.addAll(new SearchRoutes(search, sightings, registry, clock).routes());
        routes.addAll(
                new PublishRoutes(
                                ledger,
                                runs,
                                uploads,
                                importRoots,
                                new RunIds(clock, random),
                                governance,
                                registry,
                                audit)
                        .routes());
        routes.addAll(
                new QuarantineRoutes(ledger, quarantine, governance, registry, audit).routes());
        StatementRecords statements =
                new StatementRecords(
                        new StatementIds(random), metrics, audit, lineageRoom.queryNotes(), clock);
        routes.addAll(new QueryRoutes(queries, statements, meter.currency(), resultCache).routes());
        this.flightSql =
                FlightSqlDoor.open(
                        config,
                        Identities.httpSettings(config, data.root()),
                        new FlightSqlDoor.Parts(
                                queries,
                                statements,
                                ledger,
                                registry,
                                governance,
                                tokens,
                                audit,
                                meter.currency(),
                                version(),
                                tracing.tracer()),
                        random,
                        clock);
        flightSql.ifPresent(resources::add);
        routes.addAll(
                new PolicyRoutes(
                                policies,
                                dryRun,
                                new PolicyLab(
                                        new PolicyLab.Bench(
                                                decider,
                                                opa.isEmpty(),
                                                grantIndex,
                                                productResources,
                                                config.region().toString(),
                                                queries),
                                        random,
                                        clock),
                                audit,
                                config.governance().policiesMax())
                        .routes());
        routes.addAll(
                new GrantRoutes(
                                ledger,
                                grants,
                                governance,
                                registry,
                                (caller, name) -> knowsType(contexts, context, caller, name),
                                () -> grantRules(decider),
                                audit,
                                new GrantIds(random),
                                clock)
                        .routes());
        routes.addAll(
                new OpaRoutes(
                                decider,
                                new Inquiry(System::nanoTime, random),
                                audit,
                                Map.of(
                                        "id", config.region().toString(),
                                        "app", "sheaf",
                                        "version", version()),
                                config.limits().jsonBodyMax(),
                                random,
                                clock)
                        .routes());
        routes.addAll(
                new MemberRoutes(
                                memberView,
                                membership,
                                context,
                                config.context().shards(),
                                () ->
                                        ledger.products().stream()
                                                .map(product -> product.name().toString())
                                                .toList(),
                                audit,
                                random,
                                clock)
                        .routes());
        metrics.gauge(
                "sheaf.links.certificate.seconds.left",
                "Until the node's certificate for links ends",
                memberView,
                MemberView::certificateSecondsLeft);
        routes.addAll(new AuditRoutes(trail, audit).routes());
        routes.addAll(new ErasureRoutes(erasures, audit).routes());
        routes.addAll(new ReplicaRoutes(replicas, audit).routes());
        routes.addAll(
                new RetentionRoutes(
                                retention,
                                retentionInterval,
                                ledger,
                                releases,
                                context.service(),
                                audit,
                                clock)
                        .routes());
        AccessRecorder accesses = new AccessRecorder(context.service(), audit);
        SubjectProducts subjectProducts =
                new SubjectProducts(ledger, systemQueries, new StatementIds(random));
        routes.addAll(new HistoryRoutes(trail, context.service(), subjectProducts, audit).routes());
        ContextRoutes contextRoutes =
                new ContextRoutes(
                        accesses.around(context.service()),
                        context.addresses(),
                        context.faults(config.links()),
                        new ContextLimits(
                                config.limits().contextEventMax(),
                                config.limits().contextBatchMax(),
                                ContextLimits.DEFAULT.depthMax(),
                                config.limits().contextStreamsMax()),
                        contexts,
                        new ValueMasks(maskKey),
                        context::refreshHolds,
                        audit);
        routes.addAll(accesses.around(contextRoutes.routes()));
        this.http =
                resources.add(
                        new HttpServer(
                                Identities.httpSettings(config, data.root()),
                                routes,
                                new Admission(tokens, audit),
                                metrics,
                                tracing.tracer()));
        resources.add(contextRoutes);
        metrics.gauge(
                "sheaf.context.streams.open",
                "Streams of context changes and conflicts",
                contextRoutes,
                ContextRoutes::streamsOpen);
        metrics.gauge(
                "sheaf.registry.products",
                "Products of other regions that are known here",
                remoteCatalog,
                known -> known.products().size());
        metrics.count(
                "sheaf.registry.faults",
                "Documents of the mesh that did not count",
                registry,
                MeshRegistry::faultsFound);
        measure(data, cache);
    }

    /// All there are, in no order.
    List<Route> routes() {
        return List.copyOf(routes);
    }

    HttpServer http() {
        return http;
    }

    /// Where JDBC and ADBC clients are answered, if they are.
    Optional<URI> flightSql() {
        return flightSql.map(FlightSqlDoor::url);
    }

    RunRegistry runs() {
        return runs;
    }

    Readiness readiness() {
        return readiness;
    }

    /// Who asks for a product of this region finds it from now on.
    void awaitProducts() {
        registry.awaitHome();
    }

    /// What a crash left behind is put in order while the node works already.
    void startBackgroundWork() {
        Thread.ofVirtual().name("recovery").start(this::recover);
        retention.start(retentionInterval);
        replicas.start();
    }

    private static boolean knowsType(
            GovernedContexts contexts, ContextNode context, Principal caller, String name) {
        return context.service()
                .declared(name)
                .filter(GovernedContexts::isGrantable)
                .filter(type -> contexts.mayKnow(caller, type, ""))
                .isPresent();
    }

    private static GrantRules grantRules(Decider decider) {
        return decider.inForce()
                .map(policies -> GrantRules.of(policies.data()))
                .orElse(GrantRules.DEFAULT);
    }

    private void recover() {
        try {
            publisher
                    .recover()
                    .forEach(run -> LOG.info("run {} was left behind: {}", run.id(), run.state()));
            eraser.recover()
                    .forEach(removal ->
                            LOG.info(
                                    "removal {} was left behind: {}",
                                    removal.id(),
                                    removal.state()));
            applier.dropRemoved();
        } catch (RuntimeException e) {
            LOG.error(
                    "what was left behind could not all be put in order; the next publish tries"
                            + " again",
                    e);
        }
    }

    private void ended(LiveRun run) {
        LiveRun.View view = run.view();
        metrics.published(
                view.state().name().toLowerCase(Locale.ROOT),
                view.report().map(PublishReport::rowsPublished).orElse(0L),
                view.report().map(PublishReport::rowsQuarantined).orElse(0L),
                Duration.between(run.startedAt(), view.finishedAt().orElse(run.startedAt())));
        if (run.order().files() instanceof PublishOrder.Files.Uploaded uploaded) {
            Uploads.delete(uploaded.folder());
        }
    }

    private void measure(DataDirectory data, RangeCache cache) {
        metrics.gauge(
                "sheaf.http.requests.active",
                "Requests under way",
                http,
                HttpServer::requestsUnderWay);
        metrics.gauge(
                "sheaf.publishes.unfinished",
                "Publishes that wait or run",
                runs,
                registry -> registry.unfinished().size());
        metrics.gauge(
                "sheaf.disk.free.bytes",
                "Free space of the data directory's disk",
                data,
                directory -> directory.free().bytes());
        metrics.count(
                "sheaf.retention.failures",
                "Retention runs and products in them that failed",
                retention,
                Retention::failures);
        metrics.count(
                "sheaf.retention.rows.removed",
                "Rows that were older than their contract allows",
                retention,
                Retention::rowsRemoved);
        metrics.gauge(
                "sheaf.replicas.held.bytes",
                "Bytes of other regions' releases that lie here",
                replicas,
                Replicas::bytesHeld);
        metrics.count(
                "sheaf.replicas.fetched.bytes",
                "Bytes that were fetched for replicas",
                replicas,
                Replicas::bytesFetched);
        metrics.count(
                "sheaf.replicas.failures",
                "Attempts to copy a release that failed",
                replicas,
                Replicas::failures);
        metrics.count(
                "sheaf.cache.requests",
                "Range requests sent to remote stores",
                cache,
                ranges -> ranges.statistics().requests());
        metrics.count(
                "sheaf.cache.fetched.bytes",
                "Bytes fetched from remote stores",
                cache,
                ranges -> ranges.statistics().bytesFetched());
        metrics.count(
                "sheaf.cache.hit.bytes",
                "Bytes of remote files that were there already",
                cache,
                ranges -> ranges.statistics().bytesHit());
        metrics.gauge(
                "sheaf.cache.held.bytes",
                "Disk space that the cache of remote files takes",
                cache,
                ranges -> ranges.statistics().bytesHeld());
    }

    private static WorkerEngine engine(EngineSettings settings, DataDirectory data) {
        EngineConfig base = EngineConfig.in(folder(data.cache().resolve("engine")));
        return new WorkerEngine(
                base.withWorkers(settings.queryWorkersMax(), settings.publishWorkersMax())
                        .withTimes(settings.waitMax(), base.cancelGrace(), settings.idleMax())
                        .withFunctions(
                                List.of(new TextFunction(MaskSql.TOKENISE, 2, TextTokens.class))));
    }

    private static PriceBook prices(NodeConfig config, DataDirectory data) {
        PriceBook standard = PriceBookReader.standard();
        return config.costs()
                .priceBook()
                .map(data.root()::resolve)
                .map(file -> {
                    try {
                        byte[] yaml = Files.readAllBytes(file);
                        return PriceBookReader.over(
                                standard, PriceBookReader.read(file.toString(), yaml));
                    } catch (IOException e) {
                        throw new Problem(
                                ProblemCode.INVALID_CONFIGURATION,
                                "costs.priceBook: " + file + " cannot be read",
                                e);
                    }
                })
                .orElse(standard);
    }

    private static PublishLimits publishLimits(NodeConfig config) {
        return new PublishLimits(
                config.publish().memoryMax(),
                threads(config.publish().threads()),
                PublishLimits.DEFAULT.recordBytesMax());
    }

    private static QueryConfig queryConfig(
            NodeConfig config, DataDirectory data, int statementCharactersMax) {
        return new QueryConfig(
                data.scratch().resolve("query"),
                config.query().memoryMax(),
                threads(config.query().threads()),
                config.query().timeoutDefault(),
                config.query().timeoutMax(),
                config.query().rowsMax(),
                config.query().resultMax(),
                statementCharactersMax,
                QueryConfig.PRUNE_FILES_MIN);
    }

    private static long nanos(Clock clock) {
        Instant now = clock.instant();
        return Math.addExact(
                Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }

    private static int threads(int configured) {
        return configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
    }

    private static void writable(DataDirectory data, ByteSize freeMin) {
        data.requireFree(freeMin, "working");
        Path probe = data.scratch().resolve("probe");
        try {
            Files.writeString(probe, "x");
            Files.delete(probe);
        } catch (IOException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, data.scratch() + " cannot be written", e);
        }
    }

    private static Path folder(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, path + " cannot be created", e);
        }
    }

    private static byte[] openapi() {
        try (InputStream document =
                Objects.requireNonNull(Wiring.class.getResourceAsStream("openapi.yaml"))) {
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the API's document is not in this build", e);
        }
    }

    private static String version() {
        String version = Wiring.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
