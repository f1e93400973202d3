package dev.sheaf.bench.context;

import dev.sheaf.bench.context.SmallDocuments.Operation;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Lane;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Operations of [SmallDocuments] as the events of one stream, as another node gets them.
final class OperationEvents {
    private OperationEvents() {}

    /// @param actor who wrote them
    static List<Event> of(List<Operation> operations, int actor) {
        List<Event> events = new ArrayList<>(operations.size());
        Map<String, List<Step>> paths = new HashMap<>();
        Map<Integer, Long> lastElements = new HashMap<>();
        for (int index = 0; index < operations.size(); index++) {
            Operation operation = operations.get(index);
            long sequence = index + 1L;
            long dot = Dot.of(actor, sequence);
            List<Step> path = paths.computeIfAbsent(operation.path(), OperationEvents::path);
            Op op =
                    switch (operation.kind()) {
                        case SET -> new Op.Assign(path, operation.value(), 0);
                        case INCREMENT -> new Op.Increment(path, operation.value().decimalValue());
                        case APPEND -> {
                            Long last = lastElements.put(operation.document(), dot);
                            yield new Op.Insert(
                                    path,
                                    dot,
                                    last == null ? 0 : last,
                                    0,
                                    List.of(operation.value()));
                        }
                    };
            events.add(event(operation.document(), actor, sequence, op));
        }
        return events;
    }

    private static Event event(int document, int actor, long sequence, Op op) {
        return new Event(
                "op-" + sequence,
                EventKind.CONTEXT_DELTA,
                SessionType.NAME,
                EventGenerator.contextId(document),
                SessionType.VERSION,
                actor,
                sequence,
                1,
                Hlc.of(1_768_487_400_000L + sequence / 100, (int) (sequence % 100)),
                VersionVector.EMPTY.with(actor, sequence - 1),
                Lane.CRITICAL,
                "",
                0,
                "",
                List.of(op));
    }

    private static List<Step> path(String pointer) {
        List<Step> steps = new ArrayList<>();
        for (String name : pointer.substring(1).split("/")) {
            steps.add(new Step.Key(name));
        }
        return List.copyOf(steps);
    }
}
