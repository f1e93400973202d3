package dev.sheaf.node.http;

import dev.sheaf.client.ProblemBody;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.tracing.Tracer;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinBindException;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The listener: routes on one address and port, with the limits of [HttpSettings]. Each request
/// runs on a virtual thread.
public final class HttpServer implements AutoCloseable {
    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 1;
    private static final int OUTPUT_BUFFER_BYTES = 64 << 10;

    /// Ids of documents are free text, so a path may hold any character in its encoded form. What
    /// Jetty calls ambiguous is not so here: routes are matched against the path as it was sent,
    /// and each parameter is decoded once, after that.
    private static final UriCompliance FREE_IDS =
            UriCompliance.DEFAULT.with(
                    "free ids",
                    UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                    UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                    UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
                    UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                    UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                    UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

    private final HttpSettings settings;
    private final Gate gate;
    private final Disconnects disconnects;
    private final Pipeline pipeline;
    private final Javalin javalin;

    /// Traces nothing, and does not listen yet.
    public HttpServer(
            HttpSettings settings, List<Route> routes, Admission admission, RequestMeter meter) {
        this(settings, routes, admission, meter, Tracer.NONE);
    }

    /// Does not listen yet.
    public HttpServer(
            HttpSettings settings,
            List<Route> routes,
            Admission admission,
            RequestMeter meter,
            Tracer tracer) {
        this.settings = settings;
        this.gate = new Gate(settings.requestsMax());
        this.disconnects = new Disconnects();
        this.pipeline = new Pipeline(settings, admission, meter, gate, disconnects, tracer);
        this.javalin = Javalin.create(config -> configure(config, routes));
    }

    /// Begins to listen; the port it listens on.
    ///
    /// @throws Problem CONFLICT when the address is in use
    public int start() {
        try {
            javalin.start(settings.address(), settings.port());
            return javalin.port();
        } catch (JavalinBindException e) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "cannot listen on "
                            + settings.address()
                            + ":"
                            + settings.port()
                            + " (in use by another program, or not an address of this machine):"
                            + " choose another port, or 0 for any",
                    e);
        }
    }

    public int requestsUnderWay() {
        return gate.inside();
    }

    /// Takes no new work from now on; health is still told.
    public void refuseNewWork() {
        gate.close();
    }

    public boolean refusesNewWork() {
        return gate.isClosed();
    }

    /// Waits for requests under way; whether all ended in time.
    public boolean drain(Duration atMost) throws InterruptedException {
        return gate.awaitEmpty(atMost);
    }

    @Override
    public void close() {
        gate.close();
        javalin.stop();
        disconnects.close();
    }

    private void configure(JavalinConfig config, List<Route> routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Long.MAX_VALUE; // each route has its own limit
        config.jetty.modifyHttpConfiguration(this::limit);
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        config.jetty.addConnector(this::connector);
        config.jetty.modifyServer(this::bound);
        for (Route route : routes) {
            config.routes.addEndpoint(
                    new Endpoint(
                            HandlerType.findOrCreate(route.method()),
                            pattern(route.path()),
                            context -> pipeline.serve(route, context)));
        }
        config.routes.exception(HttpResponseException.class, this::unrouted);
    }

    /// Javalin writes a parameter that takes slashes in angle brackets.
    private static String pattern(String path) {
        return path.replaceAll("\\{\\+(\\w+)}", "<$1>");
    }

    private void unrouted(HttpResponseException refused, Context context) {
        switch (refused.getStatus()) {
            case 404 ->
                    pipeline.refuse(
                            context,
                            ProblemCode.NOT_FOUND,
                            "there is nothing at " + context.path());
            default ->
                    pipeline.refuse(
                            context,
                            ProblemCode.BAD_REQUEST,
                            context.method().name() + " is not possible at " + context.path());
        }
    }

    private void limit(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(Math.toIntExact(settings.headersMax().bytes()));
        http.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
        http.setRelativeRedirectAllowed(true);
        http.setUriCompliance(FREE_IDS);
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        Optional<HttpSettings.Tls> tls = settings.tls();
        ServerConnector connector;
        if (tls.isEmpty()) {
            connector =
                    new ServerConnector(
                            server, ACCEPTORS, SELECTORS, new HttpConnectionFactory(http));
        } else {
            HttpConfiguration secure = new HttpConfiguration(http);
            secure.addCustomizer(new SecureRequestCustomizer(false));
            SslContextFactory.Server context = new SslContextFactory.Server();
            context.setKeyStore(PemKeyStore.read(tls.get()));
            context.setKeyStorePassword("");
            context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
            server.addBean(new TlsRenewal(tls.get(), context));
            connector =
                    new ServerConnector(
                            server,
                            ACCEPTORS,
                            SELECTORS,
                            new SslConnectionFactory(context, "http/1.1"),
                            new HttpConnectionFactory(secure));
        }
        connector.setHost(settings.address());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idleMax().toMillis());
        server.addBean(new NetworkConnectionLimit(settings.connectionsMax(), connector));
        return connector;
    }

    private void bound(Server server) {
        server.setStopTimeout(0); // draining is done before, by our own count
        server.setErrorHandler(HttpServer::refusedByProtocol);
    }

    /// What is so wrong that no route sees it: malformed requests, too large headers.
    private static boolean refusedByProtocol(
            org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        int status = response.getStatus();
        ProblemCode code = status == 431 ? ProblemCode.TOO_LARGE : ProblemCode.BAD_REQUEST;
        Problem problem =
                new Problem(
                        status >= 500 ? ProblemCode.INTERNAL : code,
                        status == 431
                                ? "the request's line and headers are too large"
                                : "the request is not proper HTTP, or could not be served");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemBody.MEDIA_TYPE);
        Content.Sink.write(
                response,
                true,
                Wire.json()
                        .writeValueAsString(
                                ProblemBody.of(problem, RequestIds.of(Optional.empty()))),
                callback);
        return true;
    }
}
