package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.json.JsonPointers;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// One document as a node holds it: what it shows, who wrote what of it while that is not stable,
/// and what erasures and removals still have to be compared with. Empty to begin with.
///
/// Events must come in causal order, each once; then all members show the same, whatever else the
/// order is. The field rules may differ from call to call only in what does not change how a place
/// merges. Mutable and owned by one thread.
public final class Document {
    private static final long MILLIS_PER_SECOND = 1000;
    private static final long[] NO_FENCES = {};

    private @Nullable Object root;
    private long[] fences = NO_FENCES;
    private Removals removals = Removals.none();
    private long latestHlc;
    private long lastHlc;
    private long endMillis;
    private long weight;
    private long weighed;

    /// When it was written, and how long it lives.
    ///
    /// @param latestHlc of its writes
    /// @param lastHlc of its writes that name no end of their own, or 0
    /// @param endMillis the latest end that a write named, or 0
    record Life(long latestHlc, long lastHlc, long endMillis) {
        static final Life NONE = new Life(0, 0, 0);

        Life max(Life other) {
            return new Life(
                    Math.max(latestHlc, other.latestHlc),
                    Math.max(lastHlc, other.lastHlc),
                    Math.max(endMillis, other.endMillis));
        }
    }

    public Document() {}

    /// Merges an event: all of it, or nothing where it is absorbed. Takes time in proportion to the
    /// event, not to the document.
    ///
    /// @param event causally ready: everything its context covers has been applied
    /// @param root the rule of the whole document
    /// @param sink hears of each concurrent write that the event meets
    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE when the event is malformed in itself;
    ///   nothing has changed then
    public MergeOutcome apply(Event event, FieldRule root, ActorTable actors, ConflictSink sink) {
        EventCheck.check(event);
        Merge merge = new Merge(event, actors, null);
        if (fences.length > 0 && isFenced(merge) && !EventCheck.isErasure(event)) {
            new Reporter(this, actors, sink)
                    .report(
                            ConflictKind.ERASED,
                            List.of(),
                            root,
                            List.of(
                                    new Conflict.Version(
                                            Optional.empty(), event.dot(), event.hlc())),
                            null);
            return MergeOutcome.ABSORBED;
        }
        if (EventCheck.isErasure(event)) {
            erase(merge, root, new Reporter(this, actors, sink));
            return MergeOutcome.ERASED;
        }
        Writer writer = new Writer(merge, this, sink);
        List<Op> ops = event.ops();
        for (int index = 0; index < ops.size(); index++) {
            Op op = ops.get(index);
            this.root = writer.write(this.root, op, root);
            weight += EventCheck.weightBytes(op);
        }
        extend(event);
        return MergeOutcome.APPLIED;
    }

    /// Whether an erasure is here that the writer did not know.
    private boolean isFenced(Merge merge) {
        for (long fence : fences) {
            if (!merge.saw(fence)) {
                return true;
            }
        }
        return false;
    }

    private void erase(Merge merge, FieldRule rule, Reporter reporter) {
        long unseen = Places.unseen(root, merge);
        if (unseen != Container.NONE) {
            reporter.report(
                    ConflictKind.ERASED,
                    List.of(),
                    rule,
                    List.of(new Conflict.Version(Optional.empty(), unseen, 0)),
                    null);
        }
        root = null;
        removals = Removals.none();
        live(Life.NONE);
        weight = 0;
        weighed = 0;
        long[] kept = Arrays.stream(fences).filter(fence -> !merge.saw(fence)).toArray();
        fences = Arrays.copyOf(kept, kept.length + 1);
        fences[kept.length] = merge.dot();
    }

    private void extend(Event event) {
        long hlc = event.hlc();
        latestHlc = Math.max(latestHlc, hlc);
        if (event.ttlSeconds() > 0) {
            long end = Hlc.millis(hlc) + event.ttlSeconds() * MILLIS_PER_SECOND;
            endMillis = Math.max(endMillis, end);
        } else {
            lastHlc = Math.max(lastHlc, hlc);
        }
    }

    /// A second document to try events on while this one stays as it is. It shares what it does not
    /// change; this document must not change while the other is in use.
    public Scratch scratch() {
        return new Scratch(root);
    }

    /// See [#scratch()].
    public static final class Scratch {
        private final Document document = new Document();
        private final java.util.Set<Node> owned =
                Collections.newSetFromMap(new IdentityHashMap<>());

        private Scratch(@Nullable Object root) {
            document.root = root;
        }

        /// What the document would be.
        public Document document() {
            return document;
        }

        /// Applies a local event, which knows everything that is here.
        public void apply(Event event, FieldRule root, ActorTable actors) {
            Merge merge = new Merge(event, actors, owned);
            Writer writer = new Writer(merge, document, ConflictSink.IGNORE);
            for (Op op : event.ops()) {
                document.root = writer.write(document.root, op, root);
            }
        }
    }

    /// What the document shows; empty when there is nothing.
    public Optional<JsonNode> view(FieldRule root, ActorTable actors) {
        return Optional.ofNullable(Places.show(this.root, root, actors));
    }

    /// What a place shows.
    ///
    /// @param pointer a JSON pointer; an index counts the elements that are shown
    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE when the text is no pointer
    public Optional<JsonNode> get(String pointer, FieldRule root, ActorTable actors) {
        return Place.of(this, root, actors).walk(JsonPointers.parse(pointer)).shown();
    }

    /// The document's own place.
    public Place place(FieldRule root, ActorTable actors) {
        return Place.of(this, root, actors);
    }

    /// Whether it shows something, or would to a region that may see all of it.
    public boolean exists() {
        return Places.exists(root);
    }

    /// Whether nothing is left of it that merging would have to know.
    public boolean isBlank() {
        return root == null && fences.length == 0 && removals.isEmpty();
    }

    /// The erasures that are not stable yet.
    public long[] fences() {
        return fences.clone();
    }

    @Nullable Object root() {
        return root;
    }

    Removals removals() {
        return removals;
    }

    void addRemoval(Removals.Removal removal) {
        removals = removals.with(removal);
    }

    /// What is open: places that hold values of which only one is shown.
    public List<Conflict> conflicts(FieldRule root, ActorTable actors) {
        List<Conflict> conflicts = new ArrayList<>();
        new OpenConflicts(new Reporter(this, actors, conflicts::add), actors)
                .visit(this.root, root);
        return conflicts;
    }

    /// The places that this region may not see, as JSON pointers, in order.
    public List<String> redactedPaths() {
        return RedactedPaths.of(root);
    }

    /// 64 bits over what the document holds, equal at all members that have applied the same
    /// events; 0 when it does not exist. What was not changed since the last call is not read
    /// again.
    public long digest() {
        return Places.exists(root) ? Digest.mix(Places.digest(root)) : 0;
    }

    /// Drops what the cut makes superfluous: dots, erasures, removals. What the document shows and
    /// its digest stay the same. Deleted list elements are kept; see [#strip(VersionVector,
    /// VersionVector)].
    ///
    /// @param stable covered by the context of each event still to come
    public void strip(VersionVector stable) {
        strip(stable, VersionVector.EMPTY);
    }

    /// As [#strip(VersionVector)], and drops deleted list elements that nobody will name again.
    ///
    /// @param stable covered by the context of each event still to come
    /// @param agreed a cut that was stable to every member: each event still to come was made by a
    ///   member after it had stripped by a cut that covers this one
    public void strip(VersionVector stable, VersionVector agreed) {
        root = Places.strip(root, new Cuts(stable, agreed));
        if (!removals.isEmpty()) {
            removals = removals.without(stable);
        }
        if (fences.length > 0) {
            fences = Arrays.stream(fences).filter(fence -> !stable.covers(fence)).toArray();
        }
        weighed = 0;
    }

    /// Joins another replica's state of this document into this one: commutative, associative,
    /// idempotent. Both are stripped by the cut first.
    ///
    /// @param other may be shared and changed; not to be used again
    /// @param ownVector what was applied here
    /// @param otherVector what was applied there
    /// @param cut the greater of what either side was stripped by; both vectors cover it
    /// @throws dev.sheaf.kernel.Problem CONFLICT when stable parts of a counter differ in a way
    ///   that only events can settle; then nothing is to be used of either
    public void join(
            Document other,
            VersionVector ownVector,
            VersionVector otherVector,
            VersionVector cut,
            ActorTable actors) {
        boolean news = StateJoin.isNews(other.fences, ownVector);
        boolean newsThere = StateJoin.isNews(fences, otherVector);
        StateJoin join = new StateJoin(ownVector, otherVector, cut, actors);
        strip(cut);
        other.strip(cut);
        Object mine = news ? null : root;
        Object theirs = newsThere ? null : other.root;
        root = join.join(mine, theirs);
        fences = join.fences(fences, other.fences);
        removals = removals.and(other.removals);
        live(news ? other.life() : newsThere ? life() : life().max(other.life()));
        weighed = 0;
    }

    /// When the document ends.
    ///
    /// @param typeTtlSeconds what holds for writes that name no time of their own; 0 is for ever
    /// @return milliseconds since 1970, or [Long#MAX_VALUE] for never
    public long expiresAtMillis(long typeTtlSeconds) {
        if (lastHlc == 0) {
            return endMillis == 0 ? Long.MAX_VALUE : endMillis;
        }
        return typeTtlSeconds == 0
                ? Long.MAX_VALUE
                : Math.max(endMillis, Hlc.millis(lastHlc) + typeTtlSeconds * MILLIS_PER_SECOND);
    }

    /// The highest clock reading of its writes since it was last erased, 0 without one.
    public long latestHlc() {
        return latestHlc;
    }

    long endMillis() {
        return endMillis;
    }

    long lastHlc() {
        return lastHlc;
    }

    Life life() {
        return new Life(latestHlc, lastHlc, endMillis);
    }

    private void live(Life life) {
        latestHlc = life.latestHlc;
        lastHlc = life.lastHlc;
        endMillis = life.endMillis;
    }

    /// Roughly the bytes of heap that it takes. Cheap: what was written since the last exact count
    /// is estimated, and counted exactly when that has doubled it.
    public long weightBytes() {
        if (weighed == 0 || weight > 2 * weighed) {
            weighed = 4L * Node.OBJECT_BYTES + Places.weightBytes(root);
            weight = weighed;
        }
        return weight;
    }

    /// The bytes of it that are neither keys nor values: dots, clock readings, lists' order.
    public long metadataBytes() {
        return Places.metadataBytes(root) + (long) fences.length * Long.BYTES;
    }

    /// The place as a JSON pointer; an element that is not in its list any more is written `-`.
    public String pointer(List<Step> path) {
        StringBuilder pointer = new StringBuilder();
        Object content = root;
        for (Step step : path) {
            switch (step) {
                case Step.Key key -> {
                    pointer.append(JsonPointers.append("", key.name()));
                    MapNode map = Places.map(content);
                    int slot = map == null ? -1 : map.find(key.name());
                    content = map == null || slot < 0 ? null : map.raw(slot);
                }
                case Step.Element element -> {
                    ListNode list = Places.list(content);
                    int index = list == null ? -1 : list.elements().indexOf(element.dot());
                    pointer.append('/').append(index < 0 ? "-" : Integer.toString(index));
                    content = list == null || index < 0 ? null : list.get(element.dot());
                }
            }
        }
        return pointer.toString();
    }

    /// What a state that was read or joined consists of.
    static Document of(@Nullable Object root, long[] fences, Removals removals, Life life) {
        Document document = new Document();
        document.root = root;
        document.fences = fences;
        document.removals = removals;
        document.live(life);
        return document;
    }
}
