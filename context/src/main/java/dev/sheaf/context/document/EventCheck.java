package dev.sheaf.context.document;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.Op;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// What an event must be in itself before a document is changed by it.
final class EventCheck {
    /// The deepest nesting that is merged at all; a node's own limit is far below.
    static final int DEPTH_MAX = 1000;

    private static final int OP_BYTES = 64;
    private static final int INCREMENT_EXPONENT_MAX = 400;

    private EventCheck() {}

    /// @throws Problem INVALID_VALUE
    static void check(Event event) {
        if (event.sequence() < 1 || event.width() < 1 || event.lastSequence() > Dot.SEQUENCE_MAX) {
            throw invalid(
                    event,
                    "takes the numbers from "
                            + event.sequence()
                            + " to "
                            + event.lastSequence()
                            + "; at least one, and all between 1 and "
                            + Dot.SEQUENCE_MAX,
                    "");
        }
        List<Op> ops = event.ops();
        for (int index = 0; index < ops.size(); index++) {
            check(event, ops.get(index));
        }
    }

    private static void check(Event event, Op op) {
        int depth = op.path().size();
        switch (op) {
            case Op.Assign assign -> checkDepth(event, depth, assign.value());
            case Op.Include include -> checkDepth(event, depth, include.values());
            case Op.Exclude exclude -> checkDepth(event, depth, exclude.values());
            case Op.Insert insert -> checkDepth(event, depth + 1, insert.values());
            case Op.Delete delete -> {
                for (Op.Run run : delete.runs()) {
                    checkRun(event, run);
                }
                checkDepth(event, depth);
            }
            case Op.Increment increment -> {
                int scale = increment.amount().scale();
                if (Math.abs((long) scale) > INCREMENT_EXPONENT_MAX) {
                    throw invalid(
                            event,
                            "adds a number of exponent " + -scale,
                            "; at most " + INCREMENT_EXPONENT_MAX + " either way");
                }
                checkDepth(event, depth);
            }
            case Op.Remove remove -> checkDepth(event, depth);
            case Op.Move move -> checkDepth(event, depth);
            case Op.Erase erase -> checkErasure(event);
            case Op.EraseSubject erase -> checkErasure(event);
        }
    }

    private static void checkErasure(Event event) {
        if (event.ops().size() > 1) {
            throw invalid(event, "erases and does something else", "; an erasure stands alone");
        }
    }

    static boolean isErasure(Event event) {
        return event.ops().size() == 1
                && (event.ops().getFirst() instanceof Op.Erase
                        || event.ops().getFirst() instanceof Op.EraseSubject);
    }

    private static void checkRun(Event event, Op.Run run) {
        long first = Dot.sequence(run.firstDot());
        boolean valid =
                run.firstDot() > 0
                        && first > 0
                        && run.count() > 0
                        && first + run.count() - 1 <= Dot.SEQUENCE_MAX;
        if (!valid) {
            throw invalid(
                    event,
                    "deletes " + run.count() + " elements from number " + first,
                    "; at least one, from number 1");
        }
    }

    private static void checkDepth(Event event, int depth, List<JsonNode> values) {
        for (int index = 0; index < values.size(); index++) {
            checkDepth(event, depth, values.get(index));
        }
        checkDepth(event, depth);
    }

    private static void checkDepth(Event event, int depth, JsonNode value) {
        checkDepth(event, depth);
        if (value.isContainer()) {
            for (JsonNode inner : value) {
                checkDepth(event, depth + 1, inner);
            }
        }
    }

    private static void checkDepth(Event event, int depth) {
        if (depth > DEPTH_MAX) {
            throw invalid(
                    event,
                    "goes deeper than " + DEPTH_MAX + " levels",
                    "; nest less, or write text");
        }
    }

    private static Problem invalid(Event event, String what, String allowed) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "event '" + JsonValues.shown(event.eventId()) + "' " + what + allowed);
    }

    /// Roughly what an operation adds to its document.
    static long weightBytes(Op op) {
        return switch (op) {
            case Op.Assign assign -> OP_BYTES + Weight.of(assign.value());
            case Op.Insert insert -> {
                long bytes = OP_BYTES;
                for (JsonNode value : insert.values()) {
                    bytes += OP_BYTES + Weight.of(value);
                }
                yield bytes;
            }
            case Op.Include include -> (long) OP_BYTES * (1 + include.values().size());
            case Op.Increment increment -> OP_BYTES;
            case Op.Remove remove -> 0;
            case Op.Exclude exclude -> 0;
            case Op.Delete delete -> OP_BYTES;
            case Op.Move move -> OP_BYTES;
            case Op.Erase erase -> 0;
            case Op.EraseSubject erase -> 0;
        };
    }
}
