package dev.sheaf.context.runtime;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Lane;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.JsonNumbers;
import dev.sheaf.context.document.MergeOutcome;
import dev.sheaf.context.document.Place;
import dev.sheaf.context.json.Unicode;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.context.patch.PatchResolver;
import dev.sheaf.context.patch.Resolution;
import dev.sheaf.context.schema.Violation;
import dev.sheaf.context.translate.Translation;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns what clients want into events of this node: conditions, translation, resolution against
/// the document as it is, validation, numbers. For the group's thread.
final class GroupWrites {
    private static final int VIOLATIONS_SHOWN_MAX = 10;

    /// How much larger a document is in memory than as text, at the least.
    private static final int WEIGHT_FACTOR = 4;

    private final Group group;
    private final EngineParts parts;

    /// What is to be told once the event is durable.
    ///
    /// @param event what was written, if anything was
    record Outcome(WriteReceipt receipt, Optional<Event> event) {}

    GroupWrites(Group group, EngineParts parts) {
        this.group = group;
        this.parts = parts;
    }

    /// @param describe whether the receipt tells the document's version and a token, which takes
    ///   time
    /// @throws Problem when it is not to be; nothing has changed then
    Outcome write(WriteRequest request, KnownType type, SeenEvents.Key seenKey, boolean describe) {
        requireMember();
        requireWhole(request);
        long known = group.seen().get(seenKey);
        if (known != 0) {
            parts.metrics().duplicate();
            return new Outcome(
                    receipt(request, type, true, false, known, 0, describe), Optional.empty());
        }
        DocumentEntry entry = group.documents().load(type, request.key());
        requireMatch(request, entry);
        requireExisting(request, entry);
        group.expiry().removeIfEnded(request.key(), type, entry);
        Resolution resolution = resolve(request, type, entry);
        new OwnSight(type, parts.config().region()).requireVisible(resolution.ops());
        resolution.ops().forEach(op -> requireWhole(op, entry));
        if (resolution.ops().isEmpty()) {
            return new Outcome(
                    receipt(request, type, false, false, 0, 0, describe), Optional.empty());
        }
        Event event = event(request, type, resolution);
        MergeOutcome outcome = group.write(event, seenKey);
        if (outcome == MergeOutcome.ABSORBED) {
            throw new Problem(
                    ProblemCode.INTERNAL,
                    "the event could not be merged and has no effect; the node's log tells why");
        }
        return new Outcome(
                receipt(request, type, false, true, event.dot(), event.hlc(), describe),
                Optional.of(event));
    }

    private static void requireWhole(WriteRequest request) {
        Unicode.requireWhole(request.key().id(), "the document's id");
        Unicode.requireWhole(request.eventId(), "the event's id");
        Unicode.requireWhole(request.compactionKey(), "the compaction key");
    }

    /// What other regions, and this one after a restart, could not read as it is here.
    private static void requireWhole(Op op, DocumentEntry entry) {
        for (Step step : op.path()) {
            if (step instanceof Step.Key(String name) && !Unicode.isWhole(name)) {
                Unicode.requireWholeName(name, entry.document.pointer(op.path()));
            }
        }
        switch (op) {
            case Op.Assign assign -> requireWhole(assign.value(), op, entry);
            case Op.Insert insert -> insert.values().forEach(each -> requireWhole(each, op, entry));
            case Op.Include include ->
                    include.values().forEach(each -> requireWhole(each, op, entry));
            case Op.Exclude exclude ->
                    exclude.values().forEach(each -> requireWhole(each, op, entry));
            case Op.Increment increment -> {}
            case Op.Remove remove -> {}
            case Op.Delete delete -> {}
            case Op.Move move -> {}
            case Op.Erase erase -> {}
            case Op.EraseSubject erase -> {}
        }
    }

    private static void requireWhole(JsonNode value, Op op, DocumentEntry entry) {
        // Where it stands is only written down for what is refused.
        if (!Unicode.isWhole(value)) {
            Unicode.requireWhole(value, entry.document.pointer(op.path()));
        }
    }

    private void requireMember() {
        if (!group.mayWrite()) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "this region is not, or not yet again, a member of the scope "
                            + group.id().scope()
                            + "; it is fetching the state. Write to another region, or try later");
        }
    }

    private void requireMatch(WriteRequest request, DocumentEntry entry) {
        if (request.ifMatch().isEmpty()) {
            return;
        }
        String version = group.shows(entry) ? GroupReads.versionOf(entry) : "";
        String wanted = request.ifMatch().get();
        boolean matches = wanted.equals("*") ? !version.isEmpty() : wanted.equals(version);
        if (!matches) {
            throw new Problem(
                    ProblemCode.PRECONDITION_FAILED,
                    request.key()
                            + " is at version '"
                            + version
                            + "', not '"
                            + wanted
                            + "'; read it again",
                    Map.of("version", version),
                    null);
        }
    }

    private void requireExisting(WriteRequest request, DocumentEntry entry) {
        boolean removes = request.change() instanceof Change.Delete;
        if (removes && !group.shows(entry)) {
            throw new Problem(
                    ProblemCode.NOT_FOUND, "there is no document " + request.key() + " here");
        }
    }

    private Resolution resolve(WriteRequest request, KnownType type, DocumentEntry entry) {
        String version = request.schemaVersion().orElse(type.newestVersion());
        Translation translation = type.type().translation(version, type.newestVersion());
        return switch (request.change()) {
            case Change.Erase erase -> new Resolution(List.of(new Op.Erase()), 1);
            case Change.Delete delete -> new Resolution(List.of(new Op.Remove(List.of())), 1);
            case Change.State(JsonNode state) -> {
                JsonNode translated = translation.document(state);
                requireValid(request, type, translated);
                yield resolver(type, entry).resolveState(translated);
            }
            case Change.Patch(List<PatchOperation> operations) ->
                    patch(request, type, entry, translation.operations(operations));
        };
    }

    private Resolution patch(
            WriteRequest request,
            KnownType type,
            DocumentEntry entry,
            List<PatchOperation> operations) {
        Resolution resolution = resolver(type, entry).resolve(operations);
        boolean locally = !type.needsWholeChecks();
        for (Op op : resolution.ops()) {
            locally &=
                    op instanceof Op.Increment increment
                            ? isApart(increment, resolution.ops())
                                    && acceptsSum(type, entry, increment)
                            : isLocal(op) && accepts(type, op);
        }
        if (!locally) {
            requireValidAfter(request, type, entry, resolution);
        }
        requireRoom(request, type, entry);
        return resolution;
    }

    private PatchResolver resolver(KnownType type, DocumentEntry entry) {
        return new PatchResolver(
                entry.document,
                type.rules(),
                parts.actors(),
                self(),
                group.replica().nextSequence());
    }

    private int self() {
        return parts.actors().indexOf(group.replica().self());
    }

    /// Whether the operation alone decides whether the document stays valid.
    private static boolean isLocal(Op op) {
        return switch (op) {
            case Op.Assign assign -> !assign.path().isEmpty();
            case Op.Insert insert -> true;
            case Op.Include include -> true;
            case Op.Increment increment -> false;
            case Op.Remove remove -> false;
            case Op.Exclude exclude -> false;
            case Op.Delete delete -> false;
            case Op.Move move -> false;
            case Op.Erase erase -> true;
            case Op.EraseSubject erase -> true;
        };
    }

    private static boolean accepts(KnownType type, Op op) {
        return switch (op) {
            case Op.Assign assign ->
                    type.type().validator().at(assign.path()).accepts(assign.value());
            case Op.Insert insert -> acceptsElements(type, op, insert.values());
            case Op.Include include -> acceptsElements(type, op, include.values());
            case Op.Increment increment -> false;
            case Op.Remove remove -> false;
            case Op.Exclude exclude -> false;
            case Op.Delete delete -> false;
            case Op.Move move -> false;
            case Op.Erase erase -> true;
            case Op.EraseSubject erase -> true;
        };
    }

    /// Whether no other operation of the event writes to the counter, or to what holds it.
    private static boolean isApart(Op.Increment increment, List<Op> ops) {
        List<Step> path = increment.path();
        for (Op other : ops) {
            int depth = other.path().size();
            boolean around = depth <= path.size() && path.subList(0, depth).equals(other.path());
            if (other != increment && around) {
                return false;
            }
        }
        return true;
    }

    /// Whether a counter that is there may have the value which it will have.
    private boolean acceptsSum(KnownType type, DocumentEntry entry, Op.Increment increment) {
        Place place = entry.document.place(type.rules(), parts.actors());
        for (Step step : increment.path()) {
            if (!(step instanceof Step.Key(String name))) {
                return false;
            }
            place = place.member(name);
        }
        Optional<JsonNode> before = place.shown();
        return before.isPresent()
                && before.get().isNumber()
                && type.type()
                        .validator()
                        .at(increment.path())
                        .accepts(
                                JsonNumbers.canonical(
                                        before.get().decimalValue().add(increment.amount())));
    }

    private static boolean acceptsElements(KnownType type, Op op, List<JsonNode> values) {
        if (type.rules().at(op.path()).kind() == FieldKind.TEXT) {
            return false;
        }
        for (JsonNode value : values) {
            if (!type.type().validator().at(op.path()).element().accepts(value)) {
                return false;
            }
        }
        return true;
    }

    private void requireValidAfter(
            WriteRequest request, KnownType type, DocumentEntry entry, Resolution resolution) {
        dev.sheaf.context.document.Document.Scratch scratch = entry.document.scratch();
        scratch.apply(event(request, type, resolution), type.rules(), parts.actors());
        Optional<JsonNode> after = scratch.document().view(type.rules(), parts.actors());
        if (after.isPresent()) {
            requireValid(request, type, after.get());
        }
    }

    private static void requireValid(WriteRequest request, KnownType type, JsonNode document) {
        if (type.type().validator().accepts(document)) {
            return;
        }
        List<Violation> violations = type.type().validator().violations(document);
        List<Map<String, Object>> listed =
                violations.stream()
                        .limit(VIOLATIONS_SHOWN_MAX)
                        .map(violation ->
                                Map.<String, Object>of(
                                        "pointer", violation.pointer(),
                                        "keyword", violation.keyword(),
                                        "message", violation.message()))
                        .toList();
        throw new Problem(
                ProblemCode.SCHEMA_VIOLATION,
                request.key()
                        + " would not be valid as "
                        + type.name()
                        + " "
                        + type.newestVersion()
                        + ": "
                        + violations.getFirst(),
                Map.of("violations", listed),
                null);
    }

    private static void requireRoom(WriteRequest request, KnownType type, DocumentEntry entry) {
        long bytesMax = type.type().limits().documentBytesMax().bytes();
        if (entry.document.weightBytes() > bytesMax * WEIGHT_FACTOR) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    request.key()
                            + " has grown to the limit of its type, "
                            + type.type().limits().documentBytesMax()
                            + "; remove something first");
        }
    }

    private Event event(WriteRequest request, KnownType type, Resolution resolution) {
        int self = self();
        long sequence = group.replica().nextSequence();
        VersionVector context = group.replica().applied();
        EventKind kind =
                request.change() instanceof Change.State
                        ? EventKind.CONTEXT_STATE
                        : EventKind.CONTEXT_DELTA;
        return new Event(
                request.eventId(),
                kind,
                request.key().type(),
                request.key().id(),
                type.newestVersion(),
                self,
                sequence,
                resolution.width(),
                parts.hybridClock().next(),
                context,
                request.lane().orElse(type.lane()),
                request.author(),
                request.ttlSeconds() == 0 ? type.ttlSeconds() : request.ttlSeconds(),
                request.compactionKey(),
                resolution.ops());
    }

    private WriteReceipt receipt(
            WriteRequest request,
            KnownType type,
            boolean duplicate,
            boolean changed,
            long dot,
            long hlc,
            boolean describe) {
        return new WriteReceipt(
                request.eventId(),
                duplicate,
                changed,
                dot == 0 ? "" : Dot.text(dot, parts.actors()),
                hlc == 0
                        ? Instant.ofEpochMilli(parts.clock().millis())
                        : Instant.ofEpochMilli(Hlc.millis(hlc)),
                describe
                        ? VersionTokens.write(group.id(), group.replica().applied(), parts.actors())
                        : "",
                describe ? GroupReads.versionOf(group.documents().load(type, request.key())) : "");
    }

    /// How many documents of a subject there are.
    long of(KnownType type, String subject) {
        return group.documents().idsOfSubject(type, subject).stream()
                .filter(id ->
                        group.documents()
                                .load(type, new DocumentKey(type.name(), id))
                                .document
                                .exists())
                .count();
    }

    /// Erases a subject in this group; the event goes out even where no document is known, as
    /// others may be on their way.
    ///
    /// @return how many documents were erased here
    long eraseSubject(KnownType type, String subject, String eventId, String author) {
        requireMember();
        SeenEvents.Key key = SeenEvents.Key.of(new DocumentKey(type.name(), ""), eventId);
        if (group.seen().get(key) != 0) {
            parts.metrics().duplicate();
            return 0;
        }
        long documents = of(type, subject);
        group.write(
                new Event(
                        eventId,
                        EventKind.CONTEXT_DELTA,
                        type.name(),
                        "",
                        type.newestVersion(),
                        self(),
                        group.replica().nextSequence(),
                        1,
                        parts.hybridClock().next(),
                        group.replica().applied(),
                        Lane.CRITICAL,
                        author,
                        0,
                        "",
                        List.of(new Op.EraseSubject(subject))));
        return documents;
    }
}
