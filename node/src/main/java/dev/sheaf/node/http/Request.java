package dev.sheaf.node.http;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.tracing.Span;

import io.javalin.http.Context;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request whose caller is known and may make it.
public final class Request {
    private final Context context;
    private final String id;
    private final Principal caller;
    private final ByteSize bodyMax;
    private final Disconnects disconnects;
    private final Span span;

    Request(
            Context context,
            String id,
            Principal caller,
            ByteSize bodyMax,
            Disconnects disconnects,
            Span span) {
        this.context = context;
        this.id = id;
        this.caller = caller;
        this.bodyMax = bodyMax;
        this.disconnects = disconnects;
        this.span = span;
    }

    public String id() {
        return id;
    }

    /// What is traced of it.
    public Span span() {
        return span;
    }

    public Principal caller() {
        return caller;
    }

    /// A parameter of the path; the route says that it is there.
    public String path(String name) {
        return context.pathParam(name);
    }

    /// The whole path as it was sent, with its percent signs.
    public String rawPath() {
        return context.req().getRequestURI();
    }

    public boolean isMethod(String method) {
        return context.method().name().equals(method);
    }

    /// All parameters behind the question mark; of those given several times, the first.
    public Map<String, String> queries() {
        Map<String, String> first = new HashMap<>();
        context.queryParamMap()
                .forEach((name, values) -> {
                    if (!values.isEmpty()) {
                        first.put(name, values.getFirst());
                    }
                });
        return first;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name));
    }

    /// All values of a parameter that may be given several times.
    public List<String> queries(String name) {
        return List.copyOf(context.queryParams(name));
    }

    /// @throws Problem BAD_REQUEST when it is not a whole number in the range
    public long number(String name, long fallback, long min, long max) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw outOfRange(name, text.get(), min, max, e);
        }
        throw outOfRange(name, text.get(), min, max, null);
    }

    public boolean flag(String name) {
        String text = query(name).orElse("false");
        return switch (text) {
            case "", "true" -> true;
            case "false" -> false;
            default ->
                    throw new Problem(
                            ProblemCode.BAD_REQUEST,
                            "parameter " + name + " is '" + text + "': write true or false");
        };
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(context.header(name));
    }

    /// The token that the caller has shown, for those who verify it themselves; never to be logged.
    public String token() {
        return Admission.bearerOrPassword(header("Authorization"));
    }

    /// The body as it arrives; limits are the caller's business.
    public InputStream body() {
        try {
            return context.req().getInputStream();
        } catch (IOException e) {
            throw interrupted(e);
        }
    }

    /// The whole body as JSON, at most the configured size.
    ///
    /// @throws Problem BAD_REQUEST when it is not such a document
    public <T> T json(Class<T> type) {
        return json(type, bodyMax);
    }

    public <T> T json(Class<T> type, ByteSize max) {
        byte[] bytes = wholeBody(max);
        if (bytes.length == 0) {
            throw new Problem(ProblemCode.BAD_REQUEST, "the request has no body; JSON is expected");
        }
        try {
            return Wire.strictJson().readValue(bytes, type);
        } catch (JacksonException e) {
            String where =
                    e.getLocation() == null
                            ? ""
                            : " (line "
                                    + e.getLocation().getLineNr()
                                    + ", column "
                                    + e.getLocation().getColumnNr()
                                    + ")";
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the body is not what is expected here: " + e.getOriginalMessage() + where,
                    e);
        }
    }

    /// The whole body, as it came.
    ///
    /// @throws Problem TOO_LARGE when it is larger than allowed
    public byte[] wholeBody(ByteSize max) {
        try {
            byte[] bytes = body().readNBytes(Math.toIntExact(max.bytes() + 1));
            if (bytes.length > max.bytes()) {
                throw new Problem(
                        ProblemCode.TOO_LARGE, "the request's body is larger than " + max);
            }
            return bytes;
        } catch (IOException e) {
            throw interrupted(e);
        }
    }

    /// Calls back, at most once and on another thread, when the caller hangs up before the answer
    /// has ended.
    public void onDisconnect(Runnable action) {
        disconnects.watch(context, action);
    }

    static Problem interrupted(IOException e) {
        return new Problem(
                ProblemCode.BAD_REQUEST,
                "the request broke off before its end: " + e.getMessage(),
                e);
    }

    private static Problem outOfRange(
            String name,
            String text,
            long min,
            long max,
            @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.BAD_REQUEST,
                "parameter "
                        + name
                        + " is '"
                        + text
                        + "': write a whole number from "
                        + min
                        + " to "
                        + max,
                cause);
    }
}
