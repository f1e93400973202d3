package dev.sheaf.node.http;

import dev.sheaf.client.ProblemBody;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.tracing.Span;
import dev.sheaf.node.tracing.Tracer;

import io.javalin.http.Context;
import io.opentelemetry.api.trace.SpanKind;

import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// What happens to every request, whatever its route.
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final int CLIENT_GONE = 499;
    private static final String RETRY_AFTER_SECONDS = "2";
    private static final Map<String, String> SECURITY_HEADERS =
            Map.of(
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY",
                    "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
                    "Referrer-Policy", "no-referrer",
                    "Cache-Control", "no-store");

    private final HttpSettings settings;
    private final Admission admission;
    private final RequestMeter meter;
    private final Gate gate;
    private final Disconnects disconnects;
    private final Tracer tracer;

    Pipeline(
            HttpSettings settings,
            Admission admission,
            RequestMeter meter,
            Gate gate,
            Disconnects disconnects,
            Tracer tracer) {
        this.settings = settings;
        this.admission = admission;
        this.meter = meter;
        this.gate = gate;
        this.disconnects = disconnects;
        this.tracer = tracer;
    }

    void serve(Route route, Context context) {
        long startedNanos = System.nanoTime();
        String id = RequestIds.of(Optional.ofNullable(context.header("X-Request-Id")));
        MDC.put("requestId", id);
        Span span = begin(route, context);
        span.traceId().ifPresent(trace -> MDC.put("traceId", trace));
        int status = CLIENT_GONE;
        try {
            headers(context.res(), id);
            status = answer(route, context, id, span);
        } catch (IOException gone) {
            LOG.debug("{}: the caller is gone", route, gone);
            Disconnects.cut(context);
        } finally {
            if (disconnects.forget(context)) {
                Disconnects.cut(context);
            }
            meter.record(route, status, System.nanoTime() - startedNanos);
            span.set("http.response.status_code", status);
            span.close();
            MDC.remove("requestId");
            MDC.remove("traceId");
        }
    }

    /// Who only looks whether the node lives begins no trace.
    private Span begin(Route route, Context context) {
        Optional<String> parent = Optional.ofNullable(context.header(Tracer.HEADER));
        if (parent.isEmpty() && !route.counted()) {
            return Span.NONE;
        }
        Span span = tracer.begin(route.method() + " " + route.path(), SpanKind.SERVER, parent);
        span.set("http.request.method", route.method());
        span.set("http.route", route.path());
        return span;
    }

    /// A request that no route takes.
    void refuse(Context context, ProblemCode code, String message) {
        String id = RequestIds.of(Optional.ofNullable(context.header("X-Request-Id")));
        headers(context.res(), id);
        try {
            write(problem(new Problem(code, message), id, Optional.empty()), context.res());
        } catch (IOException gone) {
            LOG.debug("the caller is gone", gone);
        }
    }

    private int answer(Route route, Context context, String id, Span span) throws IOException {
        boolean entered = false;
        try {
            settings.hosts()
                    .require(
                            Optional.ofNullable(context.header("Host")),
                            Optional.ofNullable(context.header("Origin")));
            Principal caller =
                    admission.admit(
                            route,
                            Optional.ofNullable(context.header("Authorization")),
                            context.ip(),
                            id);
            if (route.counted()) {
                gate.enter();
                entered = true;
            }
            Request request =
                    new Request(context, id, caller, settings.jsonBodyMax(), disconnects, span);
            return write(route.handler().handle(request), context.res());
        } catch (AnswerBroken broken) {
            return interrupted(context, broken, id);
        } catch (IOException gone) {
            throw gone;
        } catch (Throwable failure) {
            return failed(route, context, id, failure, span);
        } finally {
            if (entered) {
                gate.leave();
            }
        }
    }

    private int failed(Route route, Context context, String id, Throwable failure, Span span)
            throws IOException {
        Problem problem = told(route, id, failure);
        span.failed(problem);
        if (context.res().isCommitted()) {
            Disconnects.cut(context);
            return problem.code().httpStatus();
        }
        context.res().reset();
        headers(context.res(), id);
        Reply told =
                route.foreign()
                        .map(callers ->
                                callers.reply(
                                        problem,
                                        id,
                                        Optional.ofNullable(context.header("Content-Type"))))
                        .orElseGet(() -> problem(problem, id, span.traceId()));
        return write(told, context.res());
    }

    private int interrupted(Context context, AnswerBroken broken, String id) {
        LOG.debug("request {}: the caller hung up", id, broken);
        Disconnects.cut(context);
        return CLIENT_GONE;
    }

    /// What a caller may be told of a failure: all of a problem, nothing of a fault of ours.
    private static Problem told(Route route, String id, Throwable failure) {
        if (failure instanceof Problem problem && problem.code() != ProblemCode.INTERNAL) {
            LOG.atDebug().setCause(problem).log("{}: {}", route, problem.message());
            return problem;
        }
        LOG.error("request {} ({}) failed unexpectedly", id, route, failure);
        return new Problem(
                ProblemCode.INTERNAL,
                "something went wrong that should not have; the node's log has it under request "
                        + id);
    }

    private static Reply problem(Problem problem, String id, Optional<String> traceId) {
        ProblemBody told = ProblemBody.of(problem, id);
        byte[] body =
                Wire.json()
                        .writeValueAsBytes(
                                traceId.map(known -> told.with("traceId", known)).orElse(told));
        Map<String, String> headers =
                switch (problem.code()) {
                    case BUSY, UNAVAILABLE, STALE -> Map.of("Retry-After", RETRY_AFTER_SECONDS);
                    case UNAUTHENTICATED -> Map.of("WWW-Authenticate", "Bearer realm=\"sheaf\"");
                    default -> Map.of();
                };
        return new Reply.Bytes(problem.code().httpStatus(), ProblemBody.MEDIA_TYPE, body, headers);
    }

    private void headers(HttpServletResponse response, String id) {
        SECURITY_HEADERS.forEach(response::setHeader);
        response.setHeader("X-Request-Id", id);
        if (settings.tls().isPresent()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private static int write(Reply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        switch (reply) {
            case Reply.Json json ->
                    bytes(
                            response,
                            "application/json",
                            Wire.json().writeValueAsBytes(json.value()));
            case Reply.Bytes bytes -> bytes(response, bytes.mediaType(), bytes.body());
            case Reply.Empty _ -> response.flushBuffer();
            case Reply.Stream stream -> {
                response.setContentType(stream.mediaType());
                try (AnswerBody body = new AnswerBody(response.getOutputStream())) {
                    stream.writer().write(body);
                    body.finish();
                }
            }
        }
        return reply.status();
    }

    private static void bytes(HttpServletResponse response, String mediaType, byte[] body)
            throws IOException {
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.getOutputStream().close();
    }
}
