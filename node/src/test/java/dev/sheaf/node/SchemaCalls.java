package dev.sheaf.node;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// The schema registry of a node as a client of Confluent's interface calls it: the token is the
/// password.
final class SchemaCalls implements AutoCloseable {
    static final String CLICK =
            "{\"type\":\"record\",\"name\":\"Click\",\"fields\":[{\"name\":\"page\",\"type\":\"string\"}]}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;
    private final String token;

    SchemaCalls(URI node, String token) {
        this.root = node + "/schemas";
        this.token = token;
    }

    record Told(int status, JsonNode json) {
        int number() {
            return json.path("error_code").asInt(0);
        }

        String message() {
            return json.path("message").asString("");
        }
    }

    Told get(String path) {
        return send("GET", path, "");
    }

    Told post(String path, Object body) {
        return send("POST", path, JsonMapper.shared().writeValueAsString(body));
    }

    Told put(String path, Object body) {
        return send("PUT", path, JsonMapper.shared().writeValueAsString(body));
    }

    Told delete(String path) {
        return send("DELETE", path, "");
    }

    /// Registers an Avro schema.
    Told register(String subject, String schema) {
        return post("/subjects/" + encoded(subject) + "/versions", Map.of("schema", schema));
    }

    int id(String subject, String schema) {
        Told told = register(subject, schema);
        if (told.status() != 200) {
            throw new AssertionError(told);
        }
        return told.json().path("id").asInt();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Told send(String method, String path, String body) {
        HttpRequest request =
                request(path)
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Told(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        String both =
                Base64.getEncoder()
                        .encodeToString(("any:" + token).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(root + path))
                .header("Authorization", "Basic " + both);
    }

    /// Of the list of subjects, for a caller that takes some.
    String mediaType(String accepted) throws IOException, InterruptedException {
        return http.send(
                        request("/subjects").header("Accept", accepted).build(),
                        HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("Content-Type")
                .orElse("");
    }

    @Override
    public void close() {
        http.close();
    }
}
