package dev.sheaf.client;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;

/// Sends requests and turns whatever goes wrong into a [Problem].
///
/// Requests that may be repeated safely are repeated when the node does not answer or says that it
/// is busy. A refused connection never reached the node, so it is the same for all.
final class Transport implements AutoCloseable {
    private static final int PROBLEM_BYTES_MAX = 1 << 20;

    private final URI node;
    private final TokenSource tokens;
    private final ClientOptions options;
    private final HttpClient http;

    Transport(URI node, TokenSource tokens, ClientOptions options) {
        this.node = node;
        this.tokens = tokens;
        this.options = options;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(options.connectTimeout())
                        .build();
    }

    /// One request.
    ///
    /// @param repeatable whether doing it twice is the same as doing it once
    /// @param patient whether its answer may take as long as it likes to begin
    record Call(
            String method,
            String path,
            @Nullable BodyPublisher body,
            Map<String, String> headers,
            boolean repeatable,
            boolean patient,
            boolean anonymous) {
        static Call get(String path) {
            return new Call("GET", path, null, Map.of(), true, false, false);
        }

        static Call send(String method, String path, @Nullable BodyPublisher body) {
            return new Call(method, path, body, Map.of(), false, false, false);
        }

        Call with(Map<String, String> more) {
            return new Call(method, path, body, more, repeatable, patient, anonymous);
        }

        Call repeatableToo() {
            return new Call(method, path, body, headers, true, patient, anonymous);
        }

        Call patiently() {
            return new Call(method, path, body, headers, repeatable, true, anonymous);
        }

        Call anonymously() {
            return new Call(method, path, body, headers, repeatable, patient, true);
        }
    }

    /// The answer with its body as a stream that the caller closes.
    ///
    /// @throws Problem for any status of 400 and above
    HttpResponse<InputStream> open(Call call) {
        HttpResponse<InputStream> answer = answer(call);
        if (answer.statusCode() >= 400) {
            throw problem(answer);
        }
        return answer;
    }

    /// As [#open] without a judgement of the status.
    HttpResponse<InputStream> answer(Call call) {
        Duration pause = options.firstPause();
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt >= options.triesMax() || !call.repeatable();
            try {
                HttpResponse<InputStream> answer =
                        http.send(request(call), BodyHandlers.ofInputStream());
                if (last || !worthRepeating(answer.statusCode())) {
                    return answer;
                }
                answer.body().close();
            } catch (IOException e) {
                if (last) {
                    throw unreachable(e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    <T> T read(Call call, Class<T> type) {
        try (InputStream body = open(call).body()) {
            return Wire.json().readValue(body, type);
        } catch (IOException | JacksonException e) {
            throw unreadable(e);
        }
    }

    void discard(Call call) {
        try (InputStream body = open(call).body()) {
            body.skipNBytes(0);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Waits as long as before a second attempt.
    void pause() {
        sleep(options.firstPause());
    }

    URI node() {
        return node;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    Problem unreachable(IOException e) {
        String why =
                switch (e) {
                    case HttpConnectTimeoutException slow -> "no connection in time";
                    case HttpTimeoutException slow -> "no answer in time";
                    case ConnectException refused -> "connection refused";
                    default ->
                            e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                };
        ProblemCode code =
                e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException)
                        ? ProblemCode.TIMED_OUT
                        : ProblemCode.UNAVAILABLE;
        return new Problem(
                code,
                "the node at "
                        + node
                        + " does not answer ("
                        + why
                        + "): is it running, and is that"
                        + " its address?",
                e);
    }

    private static boolean worthRepeating(int status) {
        return status == 502 || status == 503 || status == 429;
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(node.resolve(call.path()))
                        .method(
                                call.method(),
                                call.body() == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : call.body());
        call.headers().forEach(request::setHeader);
        options.trace().ifPresent(trace -> request.setHeader("traceparent", trace));
        if (!call.anonymous()) {
            request.setHeader("Authorization", "Bearer " + tokens.token());
        }
        if (!call.patient()) {
            request.timeout(options.answerTimeout());
        }
        return request.build();
    }

    private Problem problem(HttpResponse<InputStream> answer) {
        int status = answer.statusCode();
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(PROBLEM_BYTES_MAX);
            String type = answer.headers().firstValue("Content-Type").orElse("");
            if (type.startsWith(ProblemBody.MEDIA_TYPE)) {
                return Wire.json().readValue(bytes, ProblemBody.class).toProblem();
            }
            if (type.startsWith("application/vnd.schemaregistry")) {
                JsonNode told = Wire.json().readTree(bytes);
                ProblemCode code =
                        switch (told.path("error_code").asInt(status)) {
                            case 50003 -> ProblemCode.UNAVAILABLE; // the subject's home
                            case 42201, 42202, 42203, 42204, 42205, 42206, 42208 ->
                                    ProblemCode.SCHEMA_VIOLATION;
                            default -> ProblemBody.codeOf(status);
                        };
                return new Problem(code, told.path("message").asString("no reason"));
            }
        } catch (IOException | JacksonException e) {
            return new Problem(
                    ProblemBody.codeOf(status),
                    "the node at " + node + " answered " + status + " with an unreadable reason",
                    e);
        }
        return new Problem(
                ProblemBody.codeOf(status),
                node + " answered " + status + " without a reason: is it a Sheaf node?");
    }

    private Problem unreadable(Exception e) {
        return new Problem(
                ProblemCode.UNAVAILABLE,
                "the answer of the node at "
                        + node
                        + " broke off or is not readable: "
                        + e.getMessage(),
                e);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Problem interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Problem(ProblemCode.CANCELLED, "interrupted while waiting for the node", e);
    }
}
