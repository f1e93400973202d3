package dev.sheaf.context.document;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Lane;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.patch.PatchReader;
import dev.sheaf.context.patch.PatchResolver;
import dev.sheaf.context.patch.Resolution;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;

/// One region with one document, for tests.
public final class Region {
    static final JsonMapper JSON = JsonMapper.shared();

    final ActorTable actors;
    final FieldRule rule;
    final int actor;
    final List<Conflict> conflicts = new ArrayList<>();
    Document document = new Document();
    VersionVector vector = VersionVector.EMPTY;
    long hlc;
    long ttlSeconds;

    public Region(ActorTable actors, String name, FieldRule rule) {
        this.actors = actors;
        this.rule = rule;
        this.actor = actors.indexOf(ActorId.parse(name + "#1"));
    }

    public static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /// JSON written with apostrophes.
    static JsonNode quoted(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    long nextSequence() {
        return vector.get(actor) + 1;
    }

    /// Writes a patch here.
    public Event patch(String operations) {
        PatchResolver resolver = resolver();
        return write(resolver.resolve(PatchReader.read(json(operations))));
    }

    public Event state(String state) {
        return write(resolver().resolveState(json(state)));
    }

    public Event write(JsonNode state) {
        return write(resolver().resolveState(state));
    }

    PatchResolver resolver() {
        return new PatchResolver(document, rule, actors, actor, nextSequence());
    }

    Event write(Resolution resolution) {
        return write(resolution.ops(), resolution.width());
    }

    Event write(List<Op> ops, int width) {
        hlc = Hlc.next(hlc, 1000);
        Event event =
                new Event(
                        "event-" + actor + "-" + nextSequence(),
                        EventKind.CONTEXT_DELTA,
                        "type",
                        "document",
                        "1.0",
                        actor,
                        nextSequence(),
                        width,
                        hlc,
                        vector,
                        Lane.IMPORTANT,
                        "",
                        ttlSeconds,
                        "",
                        ops);
        receive(event);
        return event;
    }

    /// Takes an event; one that is here already is passed over.
    public void receive(Event event) {
        if (event.lastSequence() <= vector.get(event.actor())) {
            return;
        }
        if (!isReady(event)) {
            throw new IllegalStateException("not causally ready: " + event);
        }
        document.apply(event, rule, actors, conflicts::add);
        vector = vector.with(event.actor(), event.lastSequence());
        hlc = Math.max(hlc, event.hlc());
    }

    boolean isReady(Event event) {
        return event.sequence() == vector.get(event.actor()) + 1 && vector.covers(event.context());
    }

    public int conflictCount() {
        return conflicts.size();
    }

    public JsonNode view() {
        return document.view(rule, actors).orElse(JSON.missingNode());
    }

    String text() {
        return view().toString();
    }
}
