package dev.sheaf.node.spans;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Makes OpenLineage events of spans that say which datasets they read and wrote: one for each
/// trace and service of an export. The job is the service's outermost work, the run is the trace;
/// so what one request read here and wrote there belongs together.
public final class SpanLineage {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String JOBS = "opentelemetry";
    private static final String PRODUCER =
            "https://opentelemetry.io/docs/specs/semconv/general/trace/";
    private static final String SCHEMA =
            "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final int TRACE_CHARACTERS = 32;
    private static final int HEXADECIMAL = 16;
    private static final int DEPTH_MAX = 1000;

    private final String products;

    /// @param products the namespace of the mesh's products
    public SpanLineage(String products) {
        this.products = products;
    }

    private record Job(String service, String traceId) {}

    /// What a trace's spans of one service say.
    ///
    /// @param event as its sender would have written it
    /// @param spans how many it was made of
    public record Found(byte[] event, int spans) {}

    /// @param isJson whether the export is JSON, else it is protobuf
    /// @throws dev.sheaf.kernel.Problem BAD_REQUEST for what is no export
    public List<Found> events(byte[] export, boolean isJson) {
        List<ReceivedSpan> spans = isJson ? OtlpSpans.json(export) : OtlpSpans.protobuf(export);
        Map<Job, List<ReceivedSpan>> jobs = new LinkedHashMap<>();
        for (ReceivedSpan span : spans) {
            if (span.traceId().length() == TRACE_CHARACTERS) {
                jobs.computeIfAbsent(
                                new Job(span.service(), span.traceId()), _ -> new ArrayList<>())
                        .add(span);
            }
        }
        List<Found> events = new ArrayList<>();
        jobs.forEach((job, work) ->
                event(job, work).ifPresent(event -> events.add(new Found(event, work.size()))));
        return events;
    }

    private Optional<byte[]> event(Job job, List<ReceivedSpan> work) {
        Set<SpanDatasets.Name> inputs = new LinkedHashSet<>();
        Set<SpanDatasets.Name> outputs = new LinkedHashSet<>();
        ReceivedSpan last = work.getFirst();
        for (ReceivedSpan span : work) {
            SpanDatasets datasets = SpanDatasets.of(span, products);
            inputs.addAll(datasets.inputs());
            outputs.addAll(datasets.outputs());
            last = span.end().isAfter(last.end()) ? span : last;
        }
        Optional<UUID> run = run(job.traceId());
        if ((inputs.isEmpty() && outputs.isEmpty()) || run.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode event = JSON.createObjectNode();
        event.put("eventType", "COMPLETE");
        event.put("eventTime", last.end().toString());
        event.put("producer", PRODUCER);
        event.put("schemaURL", SCHEMA);
        event.putObject("run").put("runId", run.get().toString());
        event.putObject("job")
                .put("namespace", JOBS)
                .put("name", job.service() + "/" + outermost(work).name());
        add(event.putArray("inputs"), inputs);
        add(event.putArray("outputs"), outputs);
        return Optional.of(JSON.writeValueAsBytes(event));
    }

    private static void add(ArrayNode datasets, Set<SpanDatasets.Name> names) {
        names.forEach(name ->
                datasets.addObject().put("namespace", name.namespace()).put("name", name.name()));
    }

    /// A trace's id has the size of a run's.
    private static Optional<UUID> run(String traceId) {
        try {
            int half = TRACE_CHARACTERS / 2;
            return Optional.of(
                    new UUID(
                            Long.parseUnsignedLong(traceId.substring(0, half), HEXADECIMAL),
                            Long.parseUnsignedLong(traceId.substring(half), HEXADECIMAL)));
        } catch (NumberFormatException e) {
            return Optional.empty(); // no trace has such an id
        }
    }

    /// From the first span up, as far as the export has its parents.
    private static ReceivedSpan outermost(List<ReceivedSpan> work) {
        Map<String, ReceivedSpan> byId = new HashMap<>();
        work.forEach(span -> byId.put(span.spanId(), span));
        ReceivedSpan at = work.getFirst();
        for (int i = 0; i < DEPTH_MAX; i++) {
            ReceivedSpan parent = byId.get(at.parentId());
            if (parent == null || parent.equals(at)) {
                return at;
            }
            at = parent;
        }
        return at;
    }
}
