package dev.sheaf.testkit;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.patch.Resolution;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Documents of a few multi-value registers each, with fences and stripping: the least that shows
/// whether replication does its part.
final class SmallDocuments implements SimDocuments {
    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final String SECRET = "secret";
    private static final JsonNode REDACTED = JsonNodeFactory.instance.stringNode("redacted");
    private static final int VALUES = 1_000_000;

    private final ActorTable actors;
    private final boolean skipsFences;
    private final Map<String, Content> contents = new HashMap<>();
    private long digest;
    private long publicDigest;

    SmallDocuments(ActorTable actors, boolean skipsFences) {
        this.actors = actors;
        this.skipsFences = skipsFences;
    }

    /// @param dot 0 when stripped
    /// @param born the dot that it had at first
    private record Sibling(String key, JsonNode value, long dot, long born, long hlc) {}

    private static final class Content {
        List<Sibling> siblings = new ArrayList<>();
        List<Long> fences = new ArrayList<>();
        boolean isStripped = true;
        long digest;
        long publicDigest;
    }

    @Override
    public void apply(Event event) {
        Content content = contents.computeIfAbsent(event.documentId(), id -> new Content());
        for (long fence : content.fences) {
            if (!event.context().covers(fence) && !(isErasure(event))) {
                return;
            }
        }
        content.isStripped = false;
        for (Op op : event.ops()) {
            apply(content, event, op);
        }
        settle(event.documentId(), content);
    }

    private static boolean isErasure(Event event) {
        return !event.ops().isEmpty() && event.ops().getFirst() instanceof Op.Erase;
    }

    private void apply(Content content, Event event, Op op) {
        switch (op) {
            case Op.Assign assign -> {
                String key = key(assign.path());
                removeSeen(content, key, event.context());
                content.siblings.add(
                        new Sibling(key, assign.value(), event.dot(), event.dot(), event.hlc()));
            }
            case Op.Remove remove -> removeSeen(content, key(remove.path()), event.context());
            case Op.Erase erase -> {
                content.siblings.clear();
                if (!skipsFences) {
                    content.fences.add(event.dot());
                }
            }
            case Op.Increment other -> throw unknown(other);
            case Op.Include other -> throw unknown(other);
            case Op.Exclude other -> throw unknown(other);
            case Op.Insert other -> throw unknown(other);
            case Op.Delete other -> throw unknown(other);
            case Op.Move other -> throw unknown(other);
            case Op.EraseSubject other -> throw unknown(other);
        }
    }

    private static IllegalArgumentException unknown(Op op) {
        return new IllegalArgumentException("small documents have no " + op);
    }

    private static String key(List<Step> path) {
        return path.getFirst() instanceof Step.Key key ? key.name() : "";
    }

    private static void removeSeen(Content content, String key, VersionVector context) {
        content.siblings.removeIf(one -> one.key().equals(key) && context.covers(one.dot()));
    }

    private void settle(String id, Content content) {
        digest -= content.digest;
        publicDigest -= content.publicDigest;
        content.digest = 0;
        content.publicDigest = 0;
        for (String key : KEYS) {
            long part = part(id, content, key);
            content.digest += part;
            content.publicDigest += part;
        }
        content.digest += part(id, content, SECRET);
        digest += content.digest;
        publicDigest += content.publicDigest;
    }

    private long part(String id, Content content, String key) {
        Sibling shown = shown(content, key);
        if (shown == null) {
            return 0;
        }
        long hash = id.hashCode() * 31L + key.hashCode();
        hash = hash * 1_000_003 + shown.value().hashCode();
        hash = (hash ^ (hash >>> 29)) * 0xbf58476d1ce4e5b9L;
        return hash ^ (hash >>> 32);
    }

    private @org.jspecify.annotations.Nullable Sibling shown(Content content, String key) {
        Sibling best = null;
        for (Sibling one : content.siblings) {
            if (one.key().equals(key) && (best == null || outranks(one, best))) {
                best = one;
            }
        }
        return best;
    }

    private boolean outranks(Sibling one, Sibling than) {
        return one.hlc() != than.hlc()
                ? one.hlc() > than.hlc()
                : actors.compare(Dot.actor(one.born()), Dot.actor(than.born())) > 0;
    }

    @Override
    public void strip(VersionVector cut, VersionVector agreed) {
        for (Map.Entry<String, Content> entry : contents.entrySet()) {
            Content content = entry.getValue();
            if (!content.isStripped) {
                strip(content, cut);
            }
        }
    }

    /// Stable siblings of one key give way to the one that is shown, once all of them are stable.
    private void strip(Content content, VersionVector cut) {
        content.fences.removeIf(cut::covers);
        boolean all = content.fences.isEmpty();
        List<Sibling> kept = new ArrayList<>();
        for (Sibling one : content.siblings) {
            boolean isStable = cut.covers(one.dot());
            boolean keyIsStable = true;
            for (Sibling other : content.siblings) {
                keyIsStable &= !other.key().equals(one.key()) || cut.covers(other.dot());
            }
            all &= isStable;
            if (keyIsStable && one != shown(content, one.key())) {
                continue;
            }
            kept.add(
                    isStable && one.dot() != Dot.STABLE
                            ? new Sibling(one.key(), one.value(), Dot.STABLE, one.born(), one.hlc())
                            : one);
        }
        content.siblings = kept;
        content.isStripped = all;
    }

    @Override
    public long digest(boolean withSecret) {
        return withSecret ? digest : publicDigest;
    }

    @Override
    public SimDocuments copy(boolean redacted) {
        SmallDocuments copy = new SmallDocuments(actors, skipsFences);
        contents.forEach((id, content) -> {
            Content other = new Content();
            other.fences.addAll(content.fences);
            other.isStripped = content.isStripped;
            for (Sibling one : content.siblings) {
                other.siblings.add(redacted ? redacted(one) : one);
            }
            copy.contents.put(id, other);
            copy.settle(id, other);
        });
        return copy;
    }

    private static Sibling redacted(Sibling one) {
        return one.key().equals(SECRET)
                ? new Sibling(SECRET, REDACTED, one.dot(), one.born(), one.hlc())
                : one;
    }

    @Override
    public Resolution randomOps(
            SplittableRandom random, String documentId, int actor, long sequence, boolean secrets) {
        return new Resolution(List.of(randomOp(random, secrets)), 1);
    }

    private static Op randomOp(SplittableRandom random, boolean secrets) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return new Op.Erase();
        }
        String key = KEYS.get(random.nextInt(KEYS.size()));
        List<Step> path = List.of(new Step.Key(secrets && random.nextInt(4) == 0 ? SECRET : key));
        return kind < 4
                ? new Op.Remove(path)
                : new Op.Assign(
                        path, JsonNodeFactory.instance.numberNode(random.nextInt(VALUES)), 0);
    }

    @Override
    public List<Op> again(Event event) {
        return event.ops();
    }

    @Override
    public void keepBeside(SimDocuments other) {
        ((SmallDocuments) other)
                .contents.forEach((id, content) -> {
                    Content ours = contents.computeIfAbsent(id, name -> new Content());
                    for (Sibling one : content.siblings) {
                        if (!ours.siblings.contains(one)) {
                            ours.siblings.add(one);
                        }
                    }
                    settle(id, ours);
                });
    }

    @Override
    public Event redacted(Event event) {
        if (!showsSecret(event)) {
            return event;
        }
        List<Op> ops = new ArrayList<>();
        for (Op op : event.ops()) {
            ops.add(
                    op instanceof Op.Assign assign && key(assign.path()).equals(SECRET)
                            ? new Op.Assign(assign.path(), REDACTED, assign.firstDot())
                            : op);
        }
        return SimEvents.withOps(event, ops);
    }

    @Override
    public boolean showsSecret(Event event) {
        for (Op op : event.ops()) {
            if (op instanceof Op.Assign assign
                    && !assign.path().isEmpty()
                    && key(assign.path()).equals(SECRET)
                    && !assign.value().equals(REDACTED)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Long> visible(String documentId) {
        Content content = contents.get(documentId);
        return content == null ? List.of() : content.siblings.stream().map(Sibling::born).toList();
    }
}
