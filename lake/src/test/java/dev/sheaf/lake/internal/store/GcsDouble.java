package dev.sheaf.lake.internal.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of Google Cloud Storage's JSON API that clients use here, over a map: objects'
/// metadata, media with ranges, lists with pages, resumable and multipart uploads, deletes,
/// batches, compose. It asks for no credentials; a bucket named `forbidden` refuses everybody.
final class GcsDouble implements AutoCloseable {
    private static final int PAGE = 20;
    private static final Pattern OBJECT =
            Pattern.compile("(?:/download)?/storage/v1/b/([^/]+)/o/([^/]+)(/compose)?");
    private static final Pattern BUCKET = Pattern.compile("(/upload)?/storage/v1/b/([^/]+)/o");
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

    private final JsonMapper json = JsonMapper.shared();
    private final HttpServer server;
    private final String bucket;
    private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    private record Stored(byte[] bytes, long generation) {}

    private record Upload(String name, boolean create, ByteArrayOutputStream bytes) {}

    private record Answer(int status, byte[] body, Map<String, String> headers) {}

    GcsDouble(String bucket) throws IOException {
        this.bucket = bucket;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
            Answer answer =
                    answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getRawPath(),
                            query(exchange.getRequestURI().getRawQuery()),
                            headers,
                            exchange.getRequestBody().readAllBytes());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(
                    answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(answer.body());
                }
            }
        }
    }

    private Answer answer(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            byte[] body) {
        if (path.startsWith("/batch")) {
            return batch(
                    new String(body, StandardCharsets.UTF_8),
                    headers.getOrDefault("content-type", ""));
        }
        Matcher inBucket = BUCKET.matcher(path);
        Matcher object = OBJECT.matcher(path);
        boolean isBucket = inBucket.matches();
        if (!isBucket && !object.matches()) {
            return error(400, "no such method");
        }
        String named = isBucket ? inBucket.group(2) : object.group(1);
        if (named.equals("forbidden")) {
            return error(403, "does not have storage.objects access");
        }
        if (!named.equals(bucket)) {
            return error(404, "The specified bucket does not exist.");
        }
        if (!isBucket) {
            String name = decoded(object.group(2));
            return object.group(3) == null
                    ? object(method, name, query, headers)
                    : compose(name, json.readTree(body));
        }
        if (method.equals("GET")) {
            return list(query);
        }
        return method.equals("PUT") || query.containsKey("upload_id")
                ? resume(query.getOrDefault("upload_id", ""), headers.get("content-range"), body)
                : begin(query, headers, body);
    }

    private Answer object(
            String method, String name, Map<String, String> query, Map<String, String> headers) {
        Stored stored = objects.get(name);
        if (stored == null) {
            return error(404, "No such object: " + bucket + "/" + name);
        }
        if (method.equals("DELETE")) {
            objects.remove(name);
            return new Answer(204, new byte[0], Map.of());
        }
        return "media".equals(query.get("alt"))
                ? media(stored, headers.get("range"))
                : ok(described(name, stored));
    }

    private Answer media(Stored stored, @org.jspecify.annotations.Nullable String range) {
        byte[] all = stored.bytes();
        if (range == null) {
            return new Answer(200, all, generation(stored));
        }
        String[] ends = range.substring("bytes=".length()).split("-", 2);
        int from =
                ends[0].isEmpty()
                        ? all.length - Integer.parseInt(ends[1])
                        : Integer.parseInt(ends[0]);
        if (from >= all.length) {
            return error(416, "The requested range cannot be satisfied.");
        }
        boolean open = ends[0].isEmpty() || ends[1].isEmpty();
        long last = open ? all.length - 1L : Math.min(all.length - 1L, Long.parseLong(ends[1]));
        Map<String, String> headers = new HashMap<>(generation(stored));
        headers.put("Content-Range", "bytes " + from + "-" + last + "/" + all.length);
        return new Answer(206, Arrays.copyOfRange(all, from, (int) last + 1), headers);
    }

    private static Map<String, String> generation(Stored stored) {
        return Map.of("x-goog-generation", Long.toString(stored.generation()));
    }

    private Answer list(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("pageToken", "");
        List<Map.Entry<String, Stored>> found =
                objects.tailMap(after, false).entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(prefix))
                        .limit(PAGE + 1L)
                        .toList();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("kind", "storage#objects");
        page.put(
                "items",
                found.stream()
                        .limit(PAGE)
                        .map(entry -> described(entry.getKey(), entry.getValue()))
                        .toList());
        if (found.size() > PAGE) {
            page.put("nextPageToken", found.get(PAGE - 1).getKey());
        }
        return ok(page);
    }

    private Answer begin(Map<String, String> query, Map<String, String> headers, byte[] body) {
        boolean create = "0".equals(query.get("ifGenerationMatch"));
        if ("multipart".equals(query.get("uploadType"))) {
            return multipart(new String(body, StandardCharsets.ISO_8859_1), headers, create);
        }
        String name = query.getOrDefault("name", json.readTree(body).path("name").asString(""));
        String id = Long.toString(ids.incrementAndGet());
        uploads.put(id, new Upload(name, create, new ByteArrayOutputStream()));
        String location =
                endpoint()
                        + "/upload/storage/v1/b/"
                        + bucket
                        + "/o?uploadType=resumable&upload_id="
                        + id;
        return new Answer(200, new byte[0], Map.of("Location", location));
    }

    private Answer resume(String id, @org.jspecify.annotations.Nullable String range, byte[] body) {
        Upload upload = uploads.get(id);
        Matcher parts = CONTENT_RANGE.matcher(range == null ? "bytes */" + body.length : range);
        if (upload == null || !parts.matches()) {
            return error(400, "no such upload");
        }
        upload.bytes().writeBytes(body);
        int size = upload.bytes().size();
        if (parts.group(3).equals("*") || size < Long.parseLong(parts.group(3))) {
            return new Answer(
                    308,
                    new byte[0],
                    size == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (size - 1)));
        }
        uploads.remove(id);
        return store(upload.name(), upload.bytes().toByteArray(), upload.create());
    }

    private Answer multipart(String body, Map<String, String> headers, boolean create) {
        String boundary =
                headers.getOrDefault("content-type", "")
                        .replaceAll(".*boundary=\"?([^\";]+)\"?.*", "$1");
        String[] parts = body.split("--" + Pattern.quote(boundary) + "(?:--)?(?:\r\n)?", -1);
        byte[] about = after(parts[1]).getBytes(StandardCharsets.ISO_8859_1);
        String content = after(parts[2]);
        return store(
                json.readTree(about).path("name").asString(),
                content.substring(0, content.length() - 2).getBytes(StandardCharsets.ISO_8859_1),
                create);
    }

    private static String after(String part) {
        return part.substring(part.indexOf("\r\n\r\n") + 4);
    }

    private Answer compose(String name, JsonNode request) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (JsonNode source : request.path("sourceObjects")) {
            Stored stored = objects.get(source.path("name").asString());
            if (stored == null) {
                return error(404, "No such object");
            }
            all.writeBytes(stored.bytes());
        }
        return store(name, all.toByteArray(), false);
    }

    private synchronized Answer store(String name, byte[] bytes, boolean create) {
        if (create && objects.containsKey(name)) {
            return error(412, "At least one of the pre-conditions you specified did not hold.");
        }
        Stored stored = new Stored(bytes, ids.incrementAndGet());
        objects.put(name, stored);
        return ok(described(name, stored));
    }

    private Answer batch(String body, String type) {
        String boundary = type.replaceAll(".*boundary=\"?([^\";]+)\"?.*", "$1");
        StringBuilder answers = new StringBuilder();
        for (String part : body.split("--" + Pattern.quote(boundary) + "(?:--)?(?:\r\n)?", -1)) {
            Matcher request =
                    Pattern.compile("(DELETE|GET) (?:https?://[^/]+)?(/\\S+) HTTP").matcher(part);
            if (!request.find()) {
                continue;
            }
            Answer answer =
                    answer(
                            request.group(1),
                            request.group(2).split("\\?")[0],
                            Map.of(),
                            Map.of(),
                            new byte[0]);
            Matcher id = Pattern.compile("(?i)Content-ID: <?([^>\r\n]+)>?").matcher(part);
            answers.append("--answers\r\nContent-Type: application/http\r\n");
            if (id.find()) {
                answers.append("Content-ID: <response-").append(id.group(1)).append(">\r\n");
            }
            answers.append("\r\nHTTP/1.1 ").append(answer.status()).append(" x\r\n");
            answers.append("Content-Type: application/json\r\nContent-Length: ");
            answers.append(answer.body().length).append("\r\n\r\n");
            answers.append(new String(answer.body(), StandardCharsets.UTF_8)).append("\r\n");
        }
        return new Answer(
                200,
                answers.append("--answers--\r\n").toString().getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "multipart/mixed; boundary=answers"));
    }

    private Map<String, Object> described(String name, Stored stored) {
        return Map.of(
                "kind",
                "storage#object",
                "bucket",
                bucket,
                "name",
                name,
                "generation",
                Long.toString(stored.generation()),
                "size",
                Long.toString(stored.bytes().length),
                "updated",
                "2026-01-01T00:00:00.000Z",
                "timeCreated",
                "2026-01-01T00:00:00.000Z");
    }

    private Answer ok(Map<String, Object> body) {
        return new Answer(
                200, json.writeValueAsBytes(body), Map.of("Content-Type", "application/json"));
    }

    private Answer error(int status, String message) {
        return new Answer(
                status,
                json.writeValueAsBytes(Map.of("error", Map.of("code", status, "message", message))),
                Map.of("Content-Type", "application/json"));
    }

    private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] sides = pair.split("=", 2);
            query.put(sides[0], sides.length == 1 ? "" : decoded(sides[1]));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
