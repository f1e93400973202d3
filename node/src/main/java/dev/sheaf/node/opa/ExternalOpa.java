package dev.sheaf.node.opa;

import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.DecisionMaker;
import dev.sheaf.governance.decision.DecisionReader;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// An OPA elsewhere that decides for the node: the same input, `data.sheaf.decision`. What it does
/// not answer in time, from the first byte sent to the last received, or not as it should, is
/// denied. For any thread.
public final class ExternalOpa implements DecisionMaker, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalOpa.class);
    private static final int ANSWER_BYTES_MAX = 1 << 20;
    private static final String REVISION = "external";
    private static final String UNREACHABLE =
            "policy.unreachable: the external OPA did not decide; the node's log says why";

    /// RFC 6750.
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final URI decision;
    private final URI health;
    private final Optional<Path> tokenFile;
    private final Duration timeout;
    private final HttpClient http;

    /// @param url its base
    /// @param tokenFile with a bearer token; read with each question, so that it can be renewed
    public ExternalOpa(URI url, Optional<Path> tokenFile, Duration timeout) {
        String base = url.toString().replaceAll("/+$", "");
        this.decision = URI.create(base + "/v1/data/sheaf/decision");
        this.health = URI.create(base + "/health");
        this.tokenFile = tokenFile;
        this.timeout = timeout;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timeout)
                        .build();
    }

    @Override
    public Decision decide(Question question) {
        ObjectValue body = new ObjectValue.Builder(1).put("input", question.toInput()).build();
        Value document;
        try {
            document = result(JsonValues.text(body));
        } catch (IOException | Problem e) {
            LOG.warn("the external OPA at {} did not decide", decision, e);
            return new Decision.Deny(List.of(UNREACHABLE), REVISION);
        }
        try {
            return DecisionReader.read(document, REVISION);
        } catch (IllegalArgumentException e) {
            return new Decision.Deny(List.of("policy.failed: " + e.getMessage()), REVISION);
        }
    }

    /// Null when it is undefined.
    private @Nullable Value result(String body) throws IOException {
        HttpResponse<byte[]> answer =
                send(
                        HttpRequest.newBuilder(decision)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw new IOException("it answered with status " + answer.statusCode());
        }
        if (JsonValues.parse(new String(answer.body(), StandardCharsets.UTF_8))
                instanceof ObjectValue members) {
            return members.get("result");
        }
        throw new IOException("its answer is no object");
    }

    /// @throws Problem UNAVAILABLE when it does not say that it is well
    public void requireHealthy() {
        try {
            int status = send(HttpRequest.newBuilder(health).GET()).statusCode();
            if (status == 200) {
                return;
            }
            throw new Problem(ProblemCode.UNAVAILABLE, health + " answered with status " + status);
        } catch (IOException e) {
            throw new Problem(ProblemCode.UNAVAILABLE, health + ": " + e.getMessage(), e);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        if (tokenFile.isPresent()) {
            String token = Files.readString(tokenFile.get()).strip();
            if (!TOKEN.matcher(token).matches()) {
                throw new IOException(tokenFile.get() + " holds no token");
            }
            request.setHeader("Authorization", "Bearer " + token);
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        request.timeout(timeout).build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it did not answer within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it was asked", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
