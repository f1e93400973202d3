package dev.sheaf.context.runtime;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Events of an ended epoch as events of the next: the same writes, ids, clock readings and
/// authors, with new dots. What the writer had seen of others stays what it had seen, so that
/// concurrent writes stay concurrent, except with what some member may have stripped: without dots
/// nobody could tell.
final class Reissue {
    private final int self;

    /// First old dot of each event to how far its dots moved, and how many there are.
    private final NavigableMap<Long, Moved> moved = new TreeMap<>();

    private record Moved(long firstDot, int width) {}

    /// @param self the new actor's index
    Reissue(int self) {
        this.self = self;
    }

    /// @param sequence the new event's first number
    /// @param applied what is merged here; the new context covers nothing beyond it
    /// @param stripped what the new context covers at least
    Event next(Event event, long sequence, VersionVector applied, VersionVector stripped) {
        moved.put(event.dot(), new Moved(Dot.of(self, sequence), event.width()));
        VersionVector context = event.context().min(applied).max(stripped).with(self, sequence - 1);
        return new Event(
                event.eventId(),
                EventKind.CONTEXT_RECONCILIATION,
                event.type(),
                event.documentId(),
                event.schemaVersion(),
                self,
                sequence,
                event.width(),
                event.hlc(),
                context,
                event.lane(),
                event.author(),
                event.ttlSeconds(),
                event.compactionKey(),
                event.ops().stream().map(this::moved).toList());
    }

    private Op moved(Op op) {
        return switch (op) {
            case Op.Assign assign ->
                    new Op.Assign(moved(assign.path()), assign.value(), moved(assign.firstDot()));
            case Op.Remove remove -> new Op.Remove(moved(remove.path()));
            case Op.Increment increment ->
                    new Op.Increment(moved(increment.path()), increment.amount());
            case Op.Include include -> new Op.Include(moved(include.path()), include.values());
            case Op.Exclude exclude -> new Op.Exclude(moved(exclude.path()), exclude.values());
            case Op.Insert insert ->
                    new Op.Insert(
                            moved(insert.path()),
                            moved(insert.firstDot()),
                            moved(insert.leftOrigin()),
                            moved(insert.rightOrigin()),
                            insert.values());
            case Op.Delete delete -> new Op.Delete(moved(delete.path()), movedRuns(delete.runs()));
            case Op.Move move ->
                    new Op.Move(
                            moved(move.path()),
                            moved(move.slot()),
                            moved(move.element()),
                            moved(move.leftOrigin()),
                            moved(move.rightOrigin()));
            case Op.Erase erase -> erase;
            case Op.EraseSubject erase -> erase;
        };
    }

    private List<Step> moved(List<Step> path) {
        List<Step> steps = new ArrayList<>(path.size());
        for (Step step : path) {
            steps.add(
                    switch (step) {
                        case Step.Key key -> key;
                        case Step.Element(long dot) -> new Step.Element(moved(dot));
                    });
        }
        return List.copyOf(steps);
    }

    /// Element by element: a run may lie across several events.
    private List<Op.Run> movedRuns(List<Op.Run> runs) {
        List<Op.Run> result = new ArrayList<>();
        for (Op.Run run : runs) {
            for (int i = 0; i < run.count(); i++) {
                long dot = moved(run.firstDot() + i);
                Op.Run last = result.isEmpty() ? null : result.getLast();
                if (last != null && last.firstDot() + last.count() == dot) {
                    result.set(result.size() - 1, new Op.Run(last.firstDot(), last.count() + 1));
                } else {
                    result.add(new Op.Run(dot, 1));
                }
            }
        }
        return result;
    }

    private long moved(long dot) {
        Map.Entry<Long, Moved> event = moved.floorEntry(dot);
        if (event == null) {
            return dot;
        }
        long offset = dot - event.getKey();
        return offset < event.getValue().width() ? event.getValue().firstDot() + offset : dot;
    }
}
