package dev.sheaf.node;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// OpenLineage events for tests: those of the spec and of Marquez, and some of our own.
final class LineageSamples {
    private static final JsonMapper JSON = JsonMapper.shared();

    private LineageSamples() {}

    static Path testdata() {
        return Path.of(System.getProperty("sheaf.testdata", "nowhere"));
    }

    /// Marquez' seed: 26 events, whose times are written as placeholders.
    static List<JsonNode> marquez() throws IOException {
        String text =
                Files.readString(testdata().resolve("marquez/docker/metadata.template.json"))
                        .replace("{{RUN_START_TIME}}", "2026-03-01T12:00:00.000Z")
                        .replaceAll(
                                "\\{\\{RUN_END_TIME_AFTER_(\\d)_MINUTES}}",
                                "2026-03-01T12:0$1:00.000Z")
                        .replaceAll(
                                "\\{\\{RUN_END_TIME_AFTER_(\\d\\d)_MINUTES}}",
                                "2026-03-01T12:$1:00.000Z");
        List<JsonNode> events = new ArrayList<>();
        JSON.readTree(text).forEach(events::add);
        return events;
    }

    /// The spec's examples: whole events as they are, single facets in an event around them.
    static List<byte[]> examples() throws IOException {
        List<byte[]> events = new ArrayList<>();
        for (String folder : List.of("openlineage/spec/tests", "openlineage/client/python/tests")) {
            try (Stream<Path> files = Files.walk(testdata().resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .forEach(file -> events.add(event(file)));
            }
        }
        return events;
    }

    private static byte[] event(Path file) {
        try {
            byte[] text = Files.readAllBytes(file);
            JsonNode node = JSON.readTree(text);
            if (node.has("eventTime")) {
                return text;
            }
            String kind = Objects.requireNonNull(file.getParent()).getFileName().toString();
            ObjectNode event =
                    (ObjectNode)
                            JSON.readTree(
                                    run(
                                            "spec",
                                            kind,
                                            "[]",
                                            "[{\"namespace\": \"spec\", \"name\": \"out\"}]"));
            ObjectNode place;
            if (kind.contains("Run")) {
                place = event.withObjectProperty("run");
            } else if (kind.contains("Job") || node.path("lineage").has("entries")) {
                place = event.withObjectProperty("job");
            } else {
                place = (ObjectNode) event.path("outputs").get(0);
            }
            place.set("facets", node);
            return JSON.writeValueAsBytes(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A completed run.
    ///
    /// @param inputs a JSON array
    /// @param outputs a JSON array
    static String run(String namespace, String job, String inputs, String outputs) {
        return """
        {"eventTime": "2026-03-01T12:00:00Z", "producer": "https://example.com/p",
         "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
         "eventType": "COMPLETE", "run": {"runId": "01900000-0000-7000-8000-000000000001"},
         "job": {"namespace": "%s", "name": "%s"}, "inputs": %s, "outputs": %s}
        """
                .formatted(namespace, job, inputs, outputs);
    }

    /// A completed run that makes a column from another.
    ///
    /// @param from namespace, name and column, between blanks
    /// @param to likewise
    static String columnRun(String job, String from, String to) {
        String[] input = from.split(" ");
        String[] output = to.split(" ");
        return run(
                "etl",
                job,
                "[{\"namespace\": \"%s\", \"name\": \"%s\"}]".formatted(input[0], input[1]),
                """
                [{"namespace": "%s", "name": "%s", "facets": {"columnLineage": {
                   "_producer": "https://example.com/p",
                   "_schemaURL":
                     "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json",
                   "fields": {"%s": {"inputFields": [
                     {"namespace": "%s", "name": "%s", "field": "%s"}]}}}}}]
                """
                        .formatted(output[0], output[1], output[2], input[0], input[1], input[2]));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
