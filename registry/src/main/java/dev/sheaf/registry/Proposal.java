package dev.sheaf.registry;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Manifests that somebody in one region would like another to apply, and what became of it.
/// Immutable.
///
/// @param id `p-…@cloud/location` of the region that it comes from
/// @param from where it was made; its node signs it
/// @param home of the domains in it; it decides
/// @param by who proposes, as that region's token says
/// @param reason for people, may be empty
/// @param files the manifests, byte for byte
/// @param outcome empty while it is open
public record Proposal(
        String id,
        RegionName from,
        RegionName home,
        String by,
        Instant at,
        String reason,
        List<DocumentText> files,
        Optional<Outcome> outcome) {
    public Proposal {
        files = List.copyOf(files);
        if (!id.endsWith("@" + from)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the proposal " + id + " says that it comes from " + from);
        }
    }

    /// What the home decided.
    ///
    /// @param by whoever decided, as the home's token says
    /// @param reason for people, empty when nothing is to be said
    public record Outcome(State state, String by, Instant at, String reason) {}

    /// How a proposal stands.
    public enum State {
        ACCEPTED,
        REJECTED
    }

    public Proposal with(Outcome decided) {
        return new Proposal(id, from, home, by, at, reason, files, Optional.of(decided));
    }

    /// What the region that proposes signs, without the outcome.
    public ObjectNode request() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("from", from.toString());
        json.put("home", home.toString());
        json.put("by", by);
        json.put("at", at.toString());
        json.put("reason", reason);
        ArrayNode array = json.putArray("files");
        files.forEach(file -> array.add(file.json()));
        return json;
    }

    /// What the home signs: the outcome, of which proposal.
    public static ObjectNode outcome(String id, Outcome outcome) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("state", Words.of(outcome.state()));
        json.put("by", outcome.by());
        json.put("at", outcome.at().toString());
        json.put("reason", outcome.reason());
        return json;
    }

    /// @throws Problem INVALID_VALUE saying what is wrong
    public static Proposal readRequest(JsonNode json) {
        Members members = new Members(json);
        return new Proposal(
                members.text("id"),
                RegionName.parse(members.text("from")),
                RegionName.parse(members.text("home")),
                members.text("by"),
                members.instant("at"),
                members.text("reason"),
                members.objects("files", DocumentText::read),
                Optional.empty());
    }

    /// @param id of the proposal that it stands with
    /// @throws Problem INVALID_VALUE when it is of another, or none
    public static Outcome readOutcome(String id, JsonNode json) {
        Members members = new Members(json);
        if (!members.text("id").equals(id)) {
            throw members.wrong("id");
        }
        return new Outcome(
                members.word("state", State.class),
                members.text("by"),
                members.instant("at"),
                members.text("reason"));
    }
}
