package dev.sheaf.context.sequence;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/// A list that several replicas write at once and that comes out the same at each of them, whatever
/// the order in which changes arrive, as long as each comes after those its writer had seen.
///
/// An element's identity is its dot (see [Dot]). It stands at a *position*, which has a dot too:
/// its own until it is moved, then that of the place it was moved to. New elements go between two
/// positions ([#originsAt]), by the FugueMax rule: runs written at once at one place never
/// interleave. Removing an element leaves a dead position behind; runs of those take the space of
/// one.
///
/// Elements are numbered from 0 among the visible ones; finding one by index or by dot takes O(log
/// n) of the runs. Mutable and owned by one thread. A change that is refused with a [Problem] has
/// changed nothing.
public abstract sealed class Sequence permits TextSequence, ValueRuns {
    private static final int SMALL_MAX = 1024;
    private static final int GAIN_SHIFT = 4;

    final SpanList spans;
    final ActorTable actors;
    private final Placement placement;
    private Moves moves;
    private Deaths deaths = new Deaths();

    /// What [#strip] may have dropped: changes that this covers have been applied, even where the
    /// list shows no trace of them.
    private VersionVector forgotten = VersionVector.EMPTY;

    /// Positions that may go, and how many of them the last attempt had to leave.
    private int droppableCount;

    private int pinnedCount;

    Sequence(ActorTable actors, Elements elements) {
        this.actors = actors;
        this.spans = new SpanList(elements);
        this.placement = new Placement(spans, actors);
        this.moves = new Moves(actors);
    }

    /// How many elements are visible.
    public final int size() {
        return spans.tree.visible();
    }

    /// How many positions there are, dead ones included.
    public final int positionCount() {
        return spans.tree.total();
    }

    /// How many runs are kept: what the memory depends on.
    public final int runCount() {
        return spans.tree.spanCount();
    }

    /// The element at this index.
    ///
    /// @throws IndexOutOfBoundsException unless the index is below [#size()]
    public final long dotAt(int index) {
        Span span = spanAt(index);
        return span.content instanceof Slot slot
                ? slot.element()
                : span.id + index - spans.tree.visibleBefore(span);
    }

    /// Where the element is, or -1 when it is not visible or was never here.
    public final int indexOf(long dot) {
        Span span = spans.find(dot);
        if (span == null || span.isSlot()) {
            return -1;
        }
        return switch (span.standing) {
            case SHOWN -> spans.tree.visibleBefore(span) + (int) (dot - span.id);
            case MOVED -> spans.tree.visibleBefore(spans.require(moves.slotOf(dot)));
            case DEAD, SETTLED, DROPPABLE -> -1;
        };
    }

    /// Whether the element is in the list and was not removed.
    public final boolean isAlive(long dot) {
        Span span = spans.find(dot);
        return span != null && !span.isSlot() && !span.standing.isDead();
    }

    /// The position before which the element was made, as the tree of positions has it; 0 for the
    /// beginning.
    ///
    /// @throws Problem UNREADABLE_INPUT when the element was never here
    public final long leftOf(long dot) {
        Span span = spans.require(dot);
        return span.leftOf((int) (dot - span.id));
    }

    /// Whether the element was made as a follower of the one before it, not put in front of the one
    /// after it.
    ///
    /// @throws Problem UNREADABLE_INPUT when the element was never here
    public final boolean isFollower(long dot) {
        Span span = spans.require(dot);
        return !span.isLeftChild((int) (dot - span.id));
    }

    /// The place to which the element was moved, or 0.
    public final long slotOf(long element) {
        return moves.slotsOf(element).isEmpty() ? 0 : moves.slotOf(element);
    }

    /// The neighbours of a local insert in front of the element at this index.
    ///
    /// @param index from 0 to [#size()], which is the end
    /// @throws IndexOutOfBoundsException otherwise
    public final Origins originsAt(int index) {
        Objects.checkIndex(index, size() + 1);
        long left = 0;
        Span next;
        int offset = 0;
        if (index == 0) {
            next = spans.tree.first();
        } else {
            Span span = spanAt(index - 1);
            offset = index - spans.tree.visibleBefore(span);
            left = span.id + offset - 1;
            spans.hint(span);
            next = span;
            if (offset == span.length) {
                next = spans.tree.next(span);
                offset = 0;
            }
        }
        while (next != null && next.standing.compareTo(Standing.SETTLED) >= 0) {
            next = spans.tree.next(next);
        }
        return new Origins(left, next == null ? 0 : next.id + offset);
    }

    /// The dots of visible elements, as what a local delete names.
    ///
    /// @throws IndexOutOfBoundsException when there are not so many
    public final List<Op.Run> runsAt(int index, int count) {
        Objects.checkFromIndexSize(index, count, size());
        List<Op.Run> runs = new ArrayList<>(1);
        if (count == 0) {
            return runs;
        }
        Span span = spanAt(index);
        int offset = index - spans.tree.visibleBefore(span);
        int rest = count;
        while (true) {
            int taken = Math.min(rest, span.visible() - offset);
            if (taken > 0) {
                long first = span.content instanceof Slot slot ? slot.element() : span.id + offset;
                addRun(runs, first, taken);
                rest -= taken;
            }
            if (rest == 0) {
                return runs;
            }
            span = Objects.requireNonNull(spans.tree.next(span));
            offset = 0;
        }
    }

    /// The dots of all elements that are held, removed ones too, in no particular order. What a
    /// removal ends must be told of these: an element that is gone here may be there where the same
    /// removal is applied in another order.
    public final List<Op.Run> runsHeld() {
        List<Op.Run> runs = new ArrayList<>(1);
        for (Span span = spans.tree.first(); span != null; span = spans.tree.next(span)) {
            if (!span.isSlot()) {
                addRun(runs, span.id, span.length);
            }
        }
        return runs;
    }

    static void addRun(List<Op.Run> runs, long firstDot, int count) {
        if (!runs.isEmpty()) {
            Op.Run last = runs.getLast();
            if (last.firstDot() + last.count() == firstDot) {
                runs.set(runs.size() - 1, new Op.Run(last.firstDot(), last.count() + count));
                return;
            }
        }
        runs.add(new Op.Run(firstDot, count));
    }

    /// Removes the elements with these dots; those that are not here or were removed before are
    /// passed over.
    ///
    /// @param by the dot of the removal
    /// @return what was removed now, in the order of the dots
    public List<Op.Run> delete(long firstDot, int count, long by) {
        checkRun(firstDot, count);
        List<Op.Run> removed = new ArrayList<>(1);
        long end = firstDot + count;
        Span span = spans.ceiling(firstDot);
        while (span != null && span.id < end) {
            long from = Math.max(span.id, firstDot);
            long to = Math.min(span.end(), end);
            if (moves.isEmpty()) {
                deaths.add(by, from, (int) (to - from));
            } else {
                addDeaths(by, from, to);
            }
            if (!span.isSlot() && !span.standing.isDead()) {
                remove(span, from, to);
                addRun(removed, from, (int) (to - from));
            }
            span = to < end ? spans.ceiling(to) : null;
        }
        return removed;
    }

    /// Of the elements, and of the places they were moved to; a place has no end of its own.
    private void addDeaths(long by, long from, long to) {
        for (long dot = from; dot < to; dot++) {
            if (!moves.isSlot(dot)) {
                deaths.add(by, dot, 1);
                moves.slotsOf(dot).forEach(slot -> deaths.add(by, slot.dot(), 1));
            }
        }
    }

    private void remove(Span whole, long from, long to) {
        Span span = whole;
        boolean tail = to == span.end() && from > span.id && span.standing == Standing.SHOWN;
        if (tail && spans.dieIntoNext(span, (int) (to - from))) {
            return;
        }
        if (from > span.id) {
            span = Objects.requireNonNull(spans.split(span, (int) (from - span.id)));
        }
        if (to < span.end()) {
            spans.split(span, (int) (to - span.id));
        }
        if (span.standing == Standing.MOVED) {
            vacate(moves.slotOf(span.id));
        }
        spans.stand(span, Standing.DEAD);
        spans.coalesce(span);
    }

    private void vacate(long slotDot) {
        Span slot = spans.require(slotDot);
        spans.stand(slot, Standing.DEAD);
        spans.coalesce(slot);
    }

    /// Gives an element another place. Of several moves of one element the one with the latest
    /// clock stands, then the one whose mover's name is greatest; a removed element stays removed.
    ///
    /// @param slotDot the dot of the new place, of the mover's own
    /// @param left the position before the new place, or 0 for the beginning
    /// @param right the position after it, or 0 for the end
    /// @param hlc the mover's clock
    /// @throws Problem UNREADABLE_INPUT when the element or an origin was never here
    public final void move(long slotDot, long element, long left, long right, long hlc) {
        checkRun(slotDot, 1);
        if (spans.find(slotDot) != null || forgotten.covers(slotDot)) {
            return;
        }
        Span home = spans.require(element);
        if (home.isSlot() || moves.isSlot(element)) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    "a move names "
                            + Dot.text(element, actors)
                            + ", which is a place and not an element of this list");
        }
        Slot slot = new Slot(slotDot, element, hlc);
        boolean alive = !home.standing.isDead();
        boolean stands = moves.wouldStand(slot);
        Standing standing = alive && stands ? Standing.SHOWN : Standing.DEAD;
        Span span = new Span(slotDot, 1, standing, standing == Standing.SHOWN ? slot : null);
        placement.place(span, left, right);
        if (alive && stands) {
            leave(element);
        }
        addDeaths(slot, alive);
        moves.add(slot);
    }

    /// Of two places of one element the lower ends by the higher; and each by the element's end.
    private void addDeaths(Slot slot, boolean alive) {
        for (Slot other : moves.slotsOf(slot.element())) {
            boolean lower = moves.compare(slot, other) < 0;
            deaths.add(lower ? other.dot() : slot.dot(), lower ? slot.dot() : other.dot(), 1);
        }
        if (!alive) {
            List<Long> ends = new ArrayList<>();
            deaths.of(slot.element(), (by, _) -> ends.add(by));
            ends.forEach(by -> deaths.add(by, slot.dot(), 1));
        }
    }

    /// The element is shown no more where it was shown until now.
    private void leave(long element) {
        Span home = spans.require(element);
        if (home.standing == Standing.MOVED) {
            vacate(moves.slotOf(element));
            return;
        }
        int offset = (int) (element - home.id);
        if (offset > 0) {
            home = Objects.requireNonNull(spans.split(home, offset));
        }
        spans.split(home, 1);
        spans.stand(home, Standing.MOVED);
    }

    /// Adds the elements that are not here yet.
    final void insertRun(long firstDot, int count, long left, long right, Object content) {
        checkRun(firstDot, count);
        long end = firstDot + count;
        if (forgotten.covers(end - 1)) {
            return;
        }
        Span known = spans.ceiling(firstDot);
        if ((known == null || known.id >= end) && count <= Span.SHOWN_MAX) {
            placement.place(new Span(firstDot, count, Standing.SHOWN, content), left, right);
            return;
        }
        long from = firstDot;
        while (from < end) {
            long to = Math.min(end, from + Span.SHOWN_MAX);
            if (known != null && known.id <= from) {
                to = known.end();
                known = spans.ceiling(to);
            } else {
                to = known == null ? to : Math.min(known.id, to);
                Object part = slice(content, (int) (from - firstDot), (int) (to - firstDot));
                placement.place(
                        new Span(from, (int) (to - from), Standing.SHOWN, part),
                        from == firstDot ? left : from - 1,
                        right);
            }
            from = to;
        }
    }

    /// Says what all members know, so that dead positions can be dropped. In two steps: a position
    /// whose end is stable is named by [#originsAt] no more; and when every member has come so far,
    /// nobody names it ever again, and it goes as soon as nothing hangs on it. Dropping changes no
    /// order, now or later; members may do it at different times. It is put off while little would
    /// be gained.
    ///
    /// @param stable a causally stable cut: each change not applied here yet was made by a member
    ///   that had applied everything this covers
    /// @param agreed a cut that was stable to every member: each change not applied here yet was
    ///   made by a member after it had called this method with a stable cut that covers this one
    /// @return how many positions were dropped
    public final int strip(VersionVector stable, VersionVector agreed) {
        VersionVector known = agreed.min(stable);
        deaths.covered(stable, false, (first, count) -> mark(first, count, Standing.SETTLED));
        deaths.covered(known, true, (first, count) -> mark(first, count, Standing.DROPPABLE));
        forgotten = forgotten.max(known);
        int gain = droppableCount - pinnedCount;
        if (gain == 0 || positionCount() > SMALL_MAX && gain < positionCount() >> GAIN_SHIFT) {
            return 0;
        }
        int dropped = Stripping.drop(spans);
        droppableCount -= dropped;
        pinnedCount = droppableCount;
        moves.retain(dot -> spans.find(dot) != null);
        return dropped;
    }

    private void mark(long firstDot, int count, Standing standing) {
        long end = firstDot + count;
        Span span = spans.ceiling(firstDot);
        while (span != null && span.id < end) {
            long from = Math.max(span.id, firstDot);
            long to = Math.min(span.end(), end);
            if (span.standing.isDead() && span.standing.compareTo(standing) < 0) {
                if (from > span.id) {
                    span = Objects.requireNonNull(spans.split(span, (int) (from - span.id)));
                }
                spans.split(span, (int) (to - from));
                spans.stand(span, standing);
                spans.coalesce(span);
                droppableCount += standing == Standing.DROPPABLE ? (int) (to - from) : 0;
            }
            span = to < end ? spans.ceiling(to) : null;
        }
    }

    /// Takes in what another replica of this list has. Values of elements that both have stay those
    /// of this one.
    ///
    /// @param own what was applied here
    /// @param theirs what was applied there; each covers what the other side has dropped
    public final void join(Sequence other, VersionVector own, VersionVector theirs) {
        new Joining(this, other, own, theirs).run();
    }

    final Moves moves() {
        return moves;
    }

    final Deaths deaths() {
        return deaths;
    }

    final Placement placement() {
        return placement;
    }

    final byte[] encode(ElementCodec elements, IntUnaryOperator actorOut) {
        return SequenceCodec.encode(parts(), elements, actorOut);
    }

    /// Takes over the runs of a list that was only appended to.
    final void restore(List<Span> chain, VersionVector dropped) {
        spans.load(chain);
        forgotten = dropped;
    }

    /// Everything that makes up the list.
    final SequenceCodec.Parts parts() {
        return new SequenceCodec.Parts(spans.all(), moves.all(), deaths, forgotten);
    }

    /// Takes over a decoded state, after all in it was checked that the rest relies on.
    final void restore(SequenceCodec.Parts parts) {
        Restoring.check(parts, actors);
        droppableCount = 0;
        for (Span span : parts.spans()) {
            droppableCount += span.standing == Standing.DROPPABLE ? span.length : 0;
        }
        pinnedCount = droppableCount;
        spans.load(parts.spans());
        parts.slots().forEach(moves::add);
        deaths = parts.deaths();
        forgotten = parts.forgotten();
    }

    final void copyFrom(Sequence other) {
        List<Span> copied = new ArrayList<>(other.runCount());
        for (Span span = other.firstSpan(); span != null; span = other.spans.tree.next(span)) {
            Span copy = new Span(span.id, span.length, span.standing, span.content);
            copy.left = span.left;
            copy.right = span.right;
            copy.key = span.key;
            copy.leftChild = span.leftChild;
            if (span.content != null && !span.isSlot()) {
                copy.content = slice(span.content, 0, span.length);
            }
            copied.add(copy);
        }
        spans.load(copied);
        moves = other.moves.copy();
        deaths = other.deaths.copy();
        forgotten = other.forgotten;
        droppableCount = other.droppableCount;
        pinnedCount = other.pinnedCount;
    }

    abstract Object slice(Object content, int from, int to);

    /// The run that holds an element, and shows what is in it: for a place, that of the element
    /// which was moved there.
    final Span contentOf(Span shown) {
        return shown.content instanceof Slot slot ? spans.require(slot.element()) : shown;
    }

    final Span spanAt(int index) {
        Objects.checkIndex(index, size());
        return spans.tree.visibleAt(index);
    }

    static void checkRun(long firstDot, int count) {
        long sequence = Dot.sequence(firstDot);
        if (firstDot < 0 || sequence < 1 || count < 1 || sequence + count - 1 > Dot.SEQUENCE_MAX) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    "a change of a list names "
                            + count
                            + " elements from number "
                            + sequence
                            + "; numbers go from 1 to "
                            + Dot.SEQUENCE_MAX);
        }
    }

    final @Nullable Span firstSpan() {
        return spans.tree.first();
    }
}
