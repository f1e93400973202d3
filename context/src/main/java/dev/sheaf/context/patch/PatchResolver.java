package dev.sheaf.context.patch;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Lane;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.document.Document;
import dev.sheaf.context.document.Place;
import dev.sheaf.context.document.Shape;
import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Arrays;
import java.util.List;

/// Resolves what a client wrote against the document as it is: indices become dots, values their
/// operations. Each operation of a patch is resolved on the outcome of those before it; the
/// document itself is not changed. One resolver serves one event.
///
/// All methods refuse with a [dev.sheaf.kernel.Problem] that names the operation and the pointer:
/// NOT_FOUND for what is not there, INVALID_VALUE for what does not fit, IMMUTABLE_FIELD, FORBIDDEN
/// for redacted fields, CONFLICT for a test that fails, TOO_LARGE. Source: RFC 6902, RFC 6901 and
/// `spec/context.md`, section 2.
public final class PatchResolver {
    /// The deepest that a document may be nested.
    public static final int DEPTH_MAX = 100;

    private final Document document;
    private final FieldRule rule;
    private final ActorTable actors;
    private final int actor;
    private final long sequence;
    private final Operations operations;
    private Document.@Nullable Scratch scratch;
    private int applied;

    /// @param document what the writer sees; it must not change until the resolution is made
    /// @param root the rule of the whole document
    /// @param actor who will write the event
    /// @param sequence the first number it will take
    public PatchResolver(
            Document document, FieldRule root, ActorTable actors, int actor, long sequence) {
        this.document = document;
        this.rule = root;
        this.actors = actors;
        this.actor = actor;
        this.sequence = sequence;
        this.operations = new Operations(actor, sequence);
    }

    /// Resolves a patch.
    public Resolution resolve(List<PatchOperation> patch) {
        for (int index = 0; index < patch.size(); index++) {
            PatchOperation operation = patch.get(index);
            Refusal refusal =
                    new Refusal(index, PatchReader.name(operation.kind()), operation.path());
            resolve(operation, refusal);
        }
        return resolution();
    }

    /// Resolves a whole document: the least operations after which the document is this. What did
    /// not change is not written; what this region may not see is left alone.
    public Resolution resolveState(JsonNode state) {
        Refusal refusal = new Refusal(-1, "state", "");
        checkDepth(state, DEPTH_MAX, refusal);
        new StateDiff(operations).diff(root(), state, refusal);
        return resolution();
    }

    private Resolution resolution() {
        return new Resolution(operations.made(), operations.width());
    }

    private Place root() {
        advance();
        return reached();
    }

    /// As [#root()], for what is done at this path alone: what was resolved elsewhere is left out.
    private Place root(List<String> path) {
        List<Op> made = operations.made();
        Place reached = reached();
        for (int index = applied; index < made.size(); index++) {
            if (!isApart(made.get(index).path(), path, reached)) {
                return root();
            }
        }
        return reached;
    }

    private Place reached() {
        Document current = scratch == null ? document : scratch.document();
        return current.place(rule, actors);
    }

    /// Whether the paths part at an object that is there already.
    private static boolean isApart(List<Step> written, List<String> path, Place root) {
        Place place = root;
        for (int index = 0; index < Math.min(written.size(), path.size()); index++) {
            String name = path.get(index);
            Place member = place.existingMember(name);
            boolean there = member != null || place.shape() == Shape.OBJECT;
            if (!there || !(written.get(index) instanceof Step.Key key)) {
                return false;
            }
            if (!key.name().equals(name)) {
                return true;
            }
            place = member != null ? member : place.member(name);
        }
        return false;
    }

    /// Makes what was resolved so far part of what is resolved against.
    private void advance() {
        List<Op> made = operations.made();
        if (applied == made.size()) {
            return;
        }
        if (scratch == null) {
            scratch = document.scratch();
        }
        List<Op> ops = List.copyOf(made.subList(applied, made.size()));
        scratch.apply(trial(ops), rule, actors);
        applied = made.size();
    }

    private Event trial(List<Op> ops) {
        long[] all = new long[actors.size()];
        Arrays.fill(all, Dot.SEQUENCE_MAX);
        return new Event(
                "",
                EventKind.CONTEXT_DELTA,
                "",
                "",
                "",
                actor,
                sequence,
                operations.width(),
                0,
                VersionVector.of(all),
                Lane.IMPORTANT,
                "",
                0,
                "",
                ops);
    }

    private void resolve(PatchOperation operation, Refusal refusal) {
        List<String> path = JsonPointers.parse(operation.path());
        operation.value().ifPresent(value -> checkDepth(value, DEPTH_MAX - path.size(), refusal));
        if (path.size() > DEPTH_MAX) {
            throw tooDeep(refusal);
        }
        Targets targets = new Targets(operations);
        switch (operation.kind()) {
            case ADD ->
                    targets.add(targets.find(root(path), path, refusal), value(operation), refusal);
            case REMOVE -> targets.remove(targets.find(root(path), path, refusal), refusal);
            case REPLACE ->
                    targets.replace(
                            targets.find(root(path), path, refusal), value(operation), refusal);
            case TEST -> test(targets.find(root(path), path, refusal), operation, refusal);
            case INCREMENT ->
                    increment(targets.find(root(path), path, refusal), value(operation), refusal);
            case APPEND ->
                    targets.append(
                            targets.find(root(path), path, refusal), value(operation), refusal);
            case MOVE -> move(targets, from(operation), path, refusal);
            case COPY -> {
                JsonNode copied =
                        targets.value(
                                targets.find(root(from(operation)), from(operation), refusal),
                                refusal.at(operation.from().orElse("")));
                checkDepth(copied, DEPTH_MAX - path.size(), refusal);
                targets.add(targets.find(root(path), path, refusal), copied, refusal);
            }
        }
    }

    private static JsonNode value(PatchOperation operation) {
        return operation
                .value()
                .orElseThrow(() -> new IllegalArgumentException(operation + " has no value"));
    }

    private static List<String> from(PatchOperation operation) {
        return JsonPointers.parse(
                operation
                        .from()
                        .orElseThrow(
                                () -> new IllegalArgumentException(operation + " has no from")));
    }

    private static void test(Target target, PatchOperation operation, Refusal refusal) {
        JsonNode expected = value(operation);
        JsonNode found = Targets.valueOrNull(target, refusal);
        if (found == null || !JsonValues.equal(found, expected)) {
            throw refusal.problem(
                    ProblemCode.CONFLICT,
                    "expected "
                            + JsonValues.shown(expected)
                            + " but found "
                            + (found == null ? "nothing" : JsonValues.shown(found))
                            + "; read the document again");
        }
    }

    private void increment(Target target, JsonNode amount, Refusal refusal) {
        Place place = target.place();
        if (!target.isPlace() || place.rule().kind() != FieldKind.COUNTER) {
            throw refusal.invalid(
                    "increments what the type does not declare a counter; declare it, or replace"
                            + " the value");
        }
        if (!amount.isNumber() || !JsonValues.isFinite(amount)) {
            throw refusal.invalid("adds " + JsonValues.shown(amount) + "; write a number");
        }
        operations.guard(place, refusal);
        operations.increment(place, amount);
    }

    private void move(Targets targets, List<String> from, List<String> to, Refusal refusal) {
        Target source = targets.find(root(from), from, refusal);
        JsonNode moved = targets.value(source, refusal);
        if (from.equals(to)) {
            return;
        }
        boolean inside = to.size() > from.size() && to.subList(0, from.size()).equals(from);
        if (inside) {
            throw refusal.invalid("moves a value into itself");
        }
        checkDepth(moved, DEPTH_MAX - to.size(), refusal);
        if (!targets.moveInList(source, targets.findOrNull(root(to), to, refusal), refusal)) {
            targets.remove(source, refusal);
            targets.add(targets.find(root(to), to, refusal), moved, refusal);
        }
    }

    private static void checkDepth(JsonNode value, int left, Refusal refusal) {
        if (!value.isContainer()) {
            return;
        }
        if (left <= 0) {
            throw tooDeep(refusal);
        }
        for (JsonNode inner : value) {
            checkDepth(inner, left - 1, refusal);
        }
    }

    private static dev.sheaf.kernel.Problem tooDeep(Refusal refusal) {
        return refusal.invalid(
                "goes deeper than " + DEPTH_MAX + " levels; nest less, or write text");
    }
}
