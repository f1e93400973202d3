package dev.sheaf.bench.lineage;

import dev.sheaf.bench.context.regions.LocalRegions;
import dev.sheaf.bench.context.regions.LocalRegions.Reached;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// OpenLineage events into a node, a process of its own, over HTTP: each a COMPLETE event of a run
/// of its own, with ten column edges and a schema (about 3 KB), answered once it is on the disk and
/// counts. One by one from several senders, and in batches of a hundred. The peer is the disk: how
/// often a second it takes a line and a force.
///
/// `bin/bench lineage-ingest [EVENTS] [SENDERS]`.
public final class LineageIngestBenchmark {
    private static final int BATCH = 100;
    private static final String REGION = "aws/us-east-1";

    private LineageIngestBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        int senders = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 32;
        Path folder = Files.createTempDirectory("sheaf-bench-lineage");
        try (LocalRegions regions =
                new LocalRegions(Files.createDirectory(folder.resolve("node")), List.of(REGION))) {
            regions.up(true);
            Sender sender = new Sender(regions.reached(REGION), HttpClient.newHttpClient());
            System.out.printf("an event has %,d bytes%n", event(0, "warm").length());
            run("warm-up", events / 10, senders, sender, 1, "warm");
            run("one by one", events, senders, sender, 1, "single");
            run("in batches of " + BATCH, events, 4, sender, BATCH, "batch");
            int kept = sender.count("make0");
            if (kept < 3) {
                throw new IllegalStateException("of the first job " + kept + " events are there");
            }
            System.out.printf("the disk: %,.0f forced lines/s%n", forced(folder));
        } finally {
            delete(folder);
        }
    }

    private static void run(
            String what, int events, int senders, Sender sender, int batch, String round)
            throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Future<List<Double>>> running = new ArrayList<>();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < senders; i++) {
                running.add(
                        threads.submit(() -> {
                            List<Double> millis = new ArrayList<>();
                            for (int first = next.getAndAdd(batch);
                                    first < events;
                                    first = next.getAndAdd(batch)) {
                                long sent = System.nanoTime();
                                sender.send(
                                        body(first, Math.min(events, first + batch), batch, round));
                                millis.add((System.nanoTime() - sent) / 1e6);
                            }
                            return millis;
                        }));
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        List<Double> all = new ArrayList<>();
        for (Future<List<Double>> each : running) {
            all.addAll(each.get());
        }
        double[] millis = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                "%s, %d senders: %,.0f events/s durable; answers p50 %.1f ms, p99 %.1f ms%n",
                what,
                senders,
                events / seconds,
                millis[millis.length / 2],
                millis[millis.length * 99 / 100]);
    }

    private static String body(int first, int until, int batch, String round) {
        if (batch == 1) {
            return event(first, round);
        }
        List<String> events = new ArrayList<>();
        for (int number = first; number < until; number++) {
            events.add(event(number, round));
        }
        return "[" + String.join(",", events) + "]";
    }

    private static String event(int number, String round) {
        int job = number % 5000;
        StringBuilder columns = new StringBuilder();
        StringBuilder schema = new StringBuilder();
        for (int column = 0; column < 10; column++) {
            columns.append(column == 0 ? "" : ",")
                    .append(
                            """
                            "column%d": {"inputFields": [{"namespace": "warehouse", "name": "table%d",
                              "field": "column%d", "transformations": [{"type": "DIRECT",
                              "subtype": "IDENTITY", "masking": false}]}]}\
                            """
                                    .formatted(column, job, column));
            schema.append(column == 0 ? "" : ",")
                    .append("{\"name\": \"column%d\", \"type\": \"VARCHAR\"}".formatted(column));
        }
        String producer = "\"_producer\": \"https://example.com/bench\"";
        return """
        {"eventTime": "%s", "producer": "https://example.com/bench",
         "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
         "eventType": "COMPLETE", "run": {"runId": "%s", "facets": {}},
         "job": {"namespace": "scheduler", "name": "make%d"},
         "inputs": [{"namespace": "warehouse", "name": "table%d"}],
         "outputs": [{"namespace": "warehouse", "name": "table%d", "facets": {
           "schema": {%s, "_schemaURL":
             "https://openlineage.io/spec/facets/1-1-1/SchemaDatasetFacet.json", "fields": [%s]},
           "columnLineage": {%s, "_schemaURL":
             "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json",
             "fields": {%s}}}}]}
        """
                .formatted(
                        Instant.now(),
                        UUID.nameUUIDFromBytes((round + number).getBytes(StandardCharsets.UTF_8)),
                        job,
                        job,
                        job + 1,
                        producer,
                        schema,
                        producer,
                        columns);
    }

    /// Sends, and looks after what it has sent.
    private record Sender(Reached node, HttpClient http) {
        void send(String body) throws IOException, InterruptedException {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(node.url().resolve("/api/v1/lineage"))
                                    .header("Authorization", "Bearer " + node.token())
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2 || answer.body().contains("partial")) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        }

        int count(String job) throws IOException, InterruptedException {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            node.url()
                                                    .resolve(
                                                            "/api/v1/lineage/events?limit=500"
                                                                    + "&namespace=scheduler&name="
                                                                    + job))
                                    .header("Authorization", "Bearer " + node.token())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.body().split("\"run\"", -1).length - 1;
        }
    }

    private static double forced(Path folder) throws IOException {
        byte[] line = new byte[3000];
        Arrays.fill(line, (byte) 'x');
        int lines = 0;
        long began = System.nanoTime();
        try (java.nio.channels.FileChannel file =
                java.nio.channels.FileChannel.open(
                        folder.resolve("forced"),
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.WRITE)) {
            while (System.nanoTime() - began < 2_000_000_000L) {
                file.write(java.nio.ByteBuffer.wrap(line));
                file.force(false);
                lines++;
            }
        }
        return lines / ((System.nanoTime() - began) / 1e9);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
