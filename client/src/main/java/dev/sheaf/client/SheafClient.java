package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// A node as its callers see it: one method for each operation of `spec/openapi.yaml`.
///
/// Every method throws [Problem]: what the node said, or UNAVAILABLE when it does not answer.
/// Requests that change nothing are repeated some times before that. Safe for use by many threads.
public final class SheafClient implements AutoCloseable {
    private static final String API = "/api/v1";
    private static final Map<String, String> JSON_BODY = Map.of("Content-Type", "application/json");

    private final Transport transport;

    /// @param node the node's base address, for example `http://127.0.0.1:7350`
    public SheafClient(URI node, TokenSource tokens, ClientOptions options) {
        this.transport = new Transport(node, tokens, options);
    }

    public SheafClient(URI node, TokenSource tokens) {
        this(node, tokens, ClientOptions.DEFAULT);
    }

    /// Documents that all regions read and write, and the links between them.
    public ContextClient contexts() {
        return new ContextClient(transport);
    }

    /// Who belongs to the mesh.
    public MemberClient members() {
        return new MemberClient(transport);
    }

    /// What decides who may do what.
    public PolicyClient policies() {
        return new PolicyClient(transport);
    }

    /// Access to products: asked for, approved, denied, revoked.
    public AccessClient access() {
        return new AccessClient(transport);
    }

    /// What was done and decided, for those who audit.
    public AuditClient audit() {
        return new AuditClient(transport);
    }

    /// Erasures of persons' data.
    public ErasureClient erasures() {
        return new ErasureClient(transport);
    }

    /// What lies here of other regions' products.
    public ReplicaList replicas() {
        return transport.read(Call.get("/api/v1/replicas"), ReplicaList.class);
    }

    /// What is kept for how long.
    public RetentionClient retention() {
        return new RetentionClient(transport);
    }

    /// The catalog of all regions, and proposals between them.
    public RegistryClient registry() {
        return new RegistryClient(transport);
    }

    /// What has left the node's region, and what it cost.
    public CostClient costs() {
        return new CostClient(transport);
    }

    /// What is made from what, and models.
    public LineageClient lineage() {
        return new LineageClient(transport);
    }

    /// The schema registry.
    public SchemaClient schemas() {
        return new SchemaClient(transport);
    }

    public URI address() {
        return transport.node();
    }

    /// Whether the node can work; an answer that says no is an answer. Needs no token.
    public HealthReport ready() {
        HttpResponse<InputStream> answer =
                transport.answer(
                        new Call("GET", "/health/ready", null, Map.of(), false, false, true));
        try (InputStream body = answer.body()) {
            return Wire.json().readValue(body, HealthReport.class);
        } catch (IOException | JacksonException e) {
            throw transport.unreachable(new IOException("it does not answer as a Sheaf node", e));
        }
    }

    public NodeInfo node() {
        return transport.read(Call.get(API + "/node"), NodeInfo.class);
    }

    /// Prometheus' text format.
    public String metrics() {
        return new String(bytes(Call.get("/metrics")), StandardCharsets.UTF_8);
    }

    public Token createToken(TokenRequest request) {
        return transport.read(post(API + "/tokens", request), Token.class);
    }

    public Plan plan(Manifests manifests) {
        return transport.read(
                post(API + "/plans", manifests).patiently().repeatableToo(), Plan.class);
    }

    public ApplyResult apply(Manifests manifests) {
        return transport.read(post(API + "/applies", manifests).patiently(), ApplyResult.class);
    }

    public List<DomainInfo> domains() {
        return transport.read(Call.get(API + "/domains"), DomainList.class).domains();
    }

    public List<ProductSummary> products() {
        return transport.read(Call.get(API + "/products"), ProductList.class).products();
    }

    /// Looks for products of all regions.
    public SearchResult search(SearchQuery query) {
        UriText path = new UriText(API + "/search");
        path.query("q", query.words());
        query.filters().forEach((facet, values) -> path.query(facet, String.join(",", values)));
        path.query("facets", Boolean.toString(query.facets()));
        path.query("limit", Integer.toString(query.limit()));
        query.cursor().ifPresent(cursor -> path.query("cursor", cursor));
        return transport.read(Call.get(path.toString()), SearchResult.class);
    }

    public ProductDetails product(ProductName product) {
        return transport.read(Call.get(path(product, "")), ProductDetails.class);
    }

    public void deleteProduct(ProductName product) {
        transport.discard(Call.send("DELETE", path(product, ""), null).patiently());
    }

    /// The contract, byte for byte as it came.
    ///
    /// @param version the current one when empty
    public byte[] contract(ProductName product, Optional<String> version) {
        String query = version.map(text -> "?version=" + encoded(text)).orElse("");
        return bytes(Call.get(path(product, "/contract" + query)));
    }

    public List<ContractVersionInfo> contractVersions(ProductName product) {
        return transport
                .read(Call.get(path(product, "/contracts")), ContractVersionList.class)
                .versions();
    }

    public ProductHealth health(ProductName product) {
        return transport.read(Call.get(path(product, "/health")), ProductHealth.class);
    }

    /// Newest first.
    public List<ReleaseInfo> releases(ProductName product) {
        return releaseList(product).releases();
    }

    /// Newest first, with the product's home and how old what is known of it can be.
    public ReleaseList releaseList(ProductName product) {
        return transport.read(Call.get(path(product, "/releases")), ReleaseList.class);
    }

    public ReleaseDetails release(ProductName product, long release) {
        return transport.read(
                Call.get(path(product, "/releases/" + release)), ReleaseDetails.class);
    }

    public ReleaseInfo rollback(ProductName product, long release) {
        return transport.read(
                post(path(product, "/rollback"), new RollbackRequest(release)), ReleaseInfo.class);
    }

    public ResultTable sample(ProductName product, int rows) {
        return sample(product, rows, Optional.empty());
    }

    /// @param purpose what the data is read for; policies may want it said
    public ResultTable sample(ProductName product, int rows, Optional<String> purpose) {
        UriText path = new UriText(path(product, "/sample"));
        path.query("rows", Integer.toString(rows));
        purpose.ifPresent(text -> path.query("purpose", text));
        return transport.read(Call.get(path.toString()).patiently(), ResultTable.class);
    }

    /// Uploads files and starts their publish; returns when the upload has ended and the run goes
    /// on by itself.
    ///
    /// @param sentBytes told the bytes sent so far, from other threads
    public RunInfo publish(
            ProductName product, List<Upload> uploads, boolean dryRun, LongConsumer sentBytes) {
        MultipartBody body = new MultipartBody(uploads, sentBytes);
        return transport.read(
                Call.send("POST", publishes(product, dryRun), body.publisher())
                        .with(Map.of("Content-Type", body.contentType()))
                        .patiently(),
                RunInfo.class);
    }

    /// Starts a publish of files that the node fetches itself.
    public RunInfo publishUris(ProductName product, List<URI> uris, boolean dryRun) {
        return transport.read(
                post(publishes(product, dryRun), new PublishRequest(uris)), RunInfo.class);
    }

    /// Publishes of whatever outcome, newest first.
    public List<RunInfo> runs(ProductName product, int limit) {
        return transport
                .read(Call.get(path(product, "/runs?limit=" + limit)), RunList.class)
                .runs();
    }

    public RunInfo run(String run) {
        return transport.read(Call.get(runPath(run)), RunInfo.class);
    }

    public RunInfo cancelRun(String run) {
        return transport.read(
                Call.send("DELETE", runPath(run), null).repeatableToo(), RunInfo.class);
    }

    /// Follows a run to its end. A connection that breaks is taken up again.
    ///
    /// @param listener told each state, from this thread
    public RunInfo await(String run, Consumer<RunInfo> listener) {
        while (true) {
            Optional<RunInfo> finished = follow(run, listener);
            if (finished.isPresent()) {
                return finished.get();
            }
            RunInfo state = run(run);
            if (state.state().finished()) {
                listener.accept(state);
                return state;
            }
            transport.pause();
        }
    }

    private Optional<RunInfo> follow(String run, Consumer<RunInfo> listener) {
        try (InputStream events =
                transport.open(Call.get(runPath(run) + "/events").patiently()).body()) {
            return RunEvents.follow(events, listener);
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    public ResultStream quarantine(String run, long rows, ResultFormat format) {
        HttpResponse<InputStream> answer =
                transport.open(
                        Call.get(runPath(run) + "/quarantine?rows=" + rows)
                                .with(Map.of("Accept", format.mediaType()))
                                .patiently());
        return new ResultStream(
                Optional.empty(), format.mediaType(), answer.body(), transport::unreachable);
    }

    public ResultTable quarantineTable(String run, long rows) {
        return table(quarantine(run, rows, ResultFormat.JSON));
    }

    /// Runs a statement; the caller closes the result.
    public ResultStream query(QueryRequest request, ResultFormat format) {
        Call call =
                post(API + "/queries", request)
                        .with(
                                Map.of(
                                        "Content-Type",
                                        "application/json",
                                        "Accept",
                                        format.mediaType()))
                        .patiently();
        HttpResponse<InputStream> answer = transport.open(call);
        Optional<String> id = answer.headers().firstValue("X-Query-Id");
        return new ResultStream(
                id, format.mediaType(), answer.body(), broken -> whyBroken(id, broken));
    }

    /// Runs a statement whose result is small enough to hold.
    public ResultTable queryTable(QueryRequest request) {
        return table(query(request, ResultFormat.JSON));
    }

    public QueryInfo queryInfo(String query) {
        return transport.read(Call.get(API + "/queries/" + encoded(query)), QueryInfo.class);
    }

    public void cancelQuery(String query) {
        transport.discard(
                Call.send("DELETE", API + "/queries/" + encoded(query), null).repeatableToo());
    }

    @Override
    public void close() {
        transport.close();
    }

    private Problem whyBroken(Optional<String> query, IOException broken) {
        if (query.isPresent()) {
            try {
                Optional<ProblemBody> problem = queryInfo(query.get()).problem();
                if (problem.isPresent()) {
                    return problem.get().toProblem();
                }
            } catch (Problem unknown) {
                broken.addSuppressed(unknown);
            }
        }
        return transport.unreachable(broken);
    }

    private ResultTable table(ResultStream stream) {
        try (stream) {
            return Wire.json().readValue(stream.body(), ResultTable.class);
        } catch (JacksonException e) {
            throw transport.unreachable(new IOException("its answer is not a result", e));
        }
    }

    private byte[] bytes(Call call) {
        try (InputStream body = transport.open(call).body()) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw transport.unreachable(e);
        }
    }

    private static Call post(String path, Object body) {
        BodyPublisher json = BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(body));
        return Call.send("POST", path, json).with(JSON_BODY);
    }

    private static String publishes(ProductName product, boolean dryRun) {
        return path(product, "/publishes" + (dryRun ? "?dryRun=true" : ""));
    }

    private static String path(ProductName product, String rest) {
        return API + "/products/" + product + rest;
    }

    private static String runPath(String run) {
        return API + "/runs/" + encoded(run);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
