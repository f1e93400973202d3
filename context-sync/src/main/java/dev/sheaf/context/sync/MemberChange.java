package dev.sheaf.context.sync;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Event;
import dev.sheaf.context.Op;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A change of a group's members, as it travels in the streams: an event of type [#TYPE] with one
/// operation that assigns a small JSON object. Source: `spec/context.md`, section 6.6.
public sealed interface MemberChange {
    /// The type of such events; no context type may be called so.
    String TYPE = "sheaf.members";

    /// These have been silent for too long, or are declared gone by their own region: shall we end
    /// their streams?
    record Evict(List<ActorId> targets, List<ActorId> declared) implements MemberChange {}

    /// Yes to the eviction that the proposer wrote under this sequence number. What the writer has
    /// of the targets' streams is the event's context; it takes no more of them for now.
    record Agree(ActorId proposer, long sequence) implements MemberChange {}

    /// The writer's proposal is off.
    record Cancel() implements MemberChange {}

    /// The writer's proposal is carried out; the streams end at these sequence numbers.
    record Decide(List<ActorId> targets, List<Long> ends) implements MemberChange {}

    /// The region of this evicted actor will not come back.
    record Retire(ActorId actor) implements MemberChange {}

    /// This actor shall be counted as a member that has nothing yet.
    record Admit(ActorId actor) implements MemberChange {}

    /// The writer sends this actor the group's state.
    record Sponsor(ActorId actor) implements MemberChange {}

    static boolean isMemberChange(Event event) {
        return event.type().equals(TYPE);
    }

    default Op toOp() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case Evict(List<ActorId> targets, List<ActorId> declared) -> {
                names(json.putArray("evict"), targets);
                names(json.putArray("declared"), declared);
            }
            case Agree(ActorId proposer, long sequence) ->
                    json.put("agree", proposer.toString()).put("sequence", sequence);
            case Cancel() -> json.put("cancel", true);
            case Decide(List<ActorId> targets, List<Long> ends) -> {
                names(json.putArray("decide"), targets);
                ends.forEach(json.putArray("ends")::add);
            }
            case Retire(ActorId actor) -> json.put("retire", actor.toString());
            case Admit(ActorId actor) -> json.put("admit", actor.toString());
            case Sponsor(ActorId actor) -> json.put("sponsor", actor.toString());
        }
        return new Op.Assign(List.of(), json, 0);
    }

    private static void names(ArrayNode array, List<ActorId> actors) {
        actors.forEach(actor -> array.add(actor.toString()));
    }

    /// Empty when the event cannot be read as a change of members.
    static Optional<MemberChange> of(Event event) {
        if (event.ops().size() == 1 && event.ops().getFirst() instanceof Op.Assign assign) {
            try {
                return Optional.of(read(assign.value()));
            } catch (Problem unreadable) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static MemberChange read(JsonNode json) {
        if (json.has("evict")) {
            return new Evict(actors(json.path("evict")), actors(json.path("declared")));
        } else if (json.has("agree")) {
            return new Agree(actor(json.path("agree")), json.path("sequence").asLong(0));
        } else if (json.has("cancel")) {
            return new Cancel();
        } else if (json.has("decide")) {
            List<Long> ends = new ArrayList<>();
            json.path("ends").forEach(end -> ends.add(end.asLong(0)));
            return decide(actors(json.path("decide")), ends);
        } else if (json.has("retire")) {
            return new Retire(actor(json.path("retire")));
        } else if (json.has("admit")) {
            return new Admit(actor(json.path("admit")));
        } else if (json.has("sponsor")) {
            return new Sponsor(actor(json.path("sponsor")));
        }
        throw new Problem(
                ProblemCode.INVALID_VALUE, "the change of members holds nothing that is known");
    }

    private static Decide decide(List<ActorId> targets, List<Long> ends) {
        if (targets.size() != ends.size()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    targets.size() + " streams end, but " + ends.size() + " ends are given");
        }
        return new Decide(targets, ends);
    }

    private static List<ActorId> actors(JsonNode array) {
        List<ActorId> actors = new ArrayList<>();
        array.forEach(name -> actors.add(actor(name)));
        return actors;
    }

    private static ActorId actor(JsonNode name) {
        return ActorId.parse(name.asString(""));
    }
}
