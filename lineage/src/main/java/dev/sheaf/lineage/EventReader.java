package dev.sheaf.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lineage.LineageEvent.Contents;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Reads OpenLineage events. What an event cannot do without - its time, its job, the id of its
/// run, the names of its datasets - must be there, and the error says by JSON pointer where it is
/// not; what the spec wants besides (producer, schemaURL, a zone in times, a UUID for a run) may be
/// missing, which is noted. For any thread.
public final class EventReader {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int NOTES_MAX = 20;

    private EventReader() {}

    /// @param text JSON in UTF-8
    /// @throws Problem BAD_REQUEST when it is no JSON, INVALID_VALUE when it is no event
    public static LineageEvent read(byte[] text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST, "the event is no JSON: " + e.getOriginalMessage(), e);
        }
        return read(node);
    }

    /// @throws Problem INVALID_VALUE when it is no event
    public static LineageEvent read(JsonNode node) {
        List<String> notes = new ArrayList<>();
        Cursor event = new Cursor(node, "", notes).object("an OpenLineage event");
        Instant time = time(event.at("eventTime"));
        for (String wanted : List.of("producer", "schemaURL")) {
            if (event.at(wanted).textIfThere().isEmpty()) {
                notes.add("/" + wanted + " is missing, which the spec wants");
            }
        }
        if (event.at("run").isThere()) {
            return run(event, time);
        }
        if (event.at("job").isThere()) {
            EntityName job = name(event.at("job"), "the job");
            return new LineageEvent.OfJob(time, job, contents(event, Optional.of(job)));
        }
        if (event.at("dataset").isThere()) {
            return dataset(event, time);
        }
        throw new Problem(
                ProblemCode.INVALID_VALUE,
                "the event has neither run nor job nor dataset: a run event has /run and /job, a"
                        + " job event /job, a dataset event /dataset");
    }

    private static LineageEvent run(Cursor event, Instant time) {
        String runId = event.at("run").object("the run").at("runId").text("the run's UUID");
        if (!isUuid(runId)) {
            event.notes().add("/run/runId is '" + shortened(runId) + "', which is no UUID");
        }
        EntityName job = name(event.at("job"), "the job");
        RunState state =
                event.at("eventType").isThere() ? state(event.at("eventType")) : RunState.OTHER;
        return new LineageEvent.OfRun(time, state, runId, job, contents(event, Optional.of(job)));
    }

    private static RunState state(Cursor type) {
        String text = type.text("START, RUNNING, COMPLETE, ABORT, FAIL or OTHER");
        return RunState.named(text)
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.INVALID_VALUE,
                                "/eventType is '"
                                        + shortened(text)
                                        + "': write START, RUNNING, COMPLETE, ABORT, FAIL or"
                                        + " OTHER"));
    }

    private static LineageEvent dataset(Cursor event, Instant time) {
        Cursor place = event.at("dataset");
        EntityName dataset = name(place, "the dataset");
        EdgesBuilder edges = new EdgesBuilder();
        Cursor facets = facets(place);
        FacetReader reader = new FacetReader(Optional.empty(), edges);
        reader.made(dataset, facets);
        return new LineageEvent.OfDataset(
                time,
                dataset,
                new Contents(
                        edges.build(),
                        Map.of(),
                        List.of(FacetReader.facts(dataset, facets)),
                        notes(event)));
    }

    private static Contents contents(Cursor event, Optional<EntityName> job) {
        EdgesBuilder edges = new EdgesBuilder();
        FacetReader reader = new FacetReader(job, edges);
        Map<EntityName, DatasetFacts> facts = new LinkedHashMap<>();
        for (Cursor input : event.at("inputs").elements("inputs")) {
            EntityName dataset = name(input, "an input");
            edges.input(dataset);
            facts.putIfAbsent(dataset, FacetReader.facts(dataset, facets(input)));
        }
        for (Cursor output : event.at("outputs").elements("outputs")) {
            EntityName dataset = name(output, "an output");
            edges.output(dataset);
            Cursor facets = facets(output);
            facts.put(dataset, FacetReader.facts(dataset, facets));
            reader.made(dataset, facets);
        }
        reader.entries(facets(event.at("job")));
        return new Contents(
                edges.build(), reader.told(), List.copyOf(facts.values()), notes(event));
    }

    private static Cursor facets(Cursor entity) {
        Cursor facets = entity.at("facets");
        if (facets.isThere()) {
            facets.object("facets");
        }
        return facets;
    }

    private static EntityName name(Cursor entity, String what) {
        entity.object(what);
        return new EntityName(
                entity.at("namespace").text("the namespace"), entity.at("name").text("the name"));
    }

    private static Instant time(Cursor place) {
        String text = place.text("when it happened, as in 2026-03-01T12:00:00Z,");
        EventTime time =
                EventTime.of(text)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.INVALID_VALUE,
                                        place.pointer()
                                                + " is '"
                                                + shortened(text)
                                                + "': write a time as in 2026-03-01T12:00:00Z"));
        if (!time.isZoned()) {
            place.notes().add(place.pointer() + " has no zone: it is taken as UTC");
        }
        return time.instant();
    }

    private static boolean isUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        try {
            UUID.fromString(text);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static List<String> notes(Cursor event) {
        List<String> all = event.notes();
        if (all.size() <= NOTES_MAX) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, NOTES_MAX));
        some.add("and " + (all.size() - NOTES_MAX) + " more");
        return some;
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
