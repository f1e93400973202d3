package dev.sheaf.context.patch;

import dev.sheaf.context.json.JsonValues;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Map;

/// Words why an operation is refused: which one, where, what is allowed.
final class Refusal {
    private final int index;
    private final String operation;
    private final String pointer;

    /// @param index of the operation in its patch, or -1 for a whole document
    Refusal(int index, String operation, String pointer) {
        this.index = index;
        this.operation = operation;
        this.pointer = pointer;
    }

    /// For a place other than the operation's own.
    Refusal at(String other) {
        return new Refusal(index, operation, other);
    }

    Problem notFound(String what) {
        return problem(ProblemCode.NOT_FOUND, what);
    }

    Problem invalid(String what) {
        return problem(ProblemCode.INVALID_VALUE, what);
    }

    Problem problem(ProblemCode code, String what) {
        String subject = index < 0 ? "the state" : "operation " + index;
        return new Problem(
                code,
                subject + " (" + operation + " '" + JsonValues.shown(pointer) + "') " + what,
                index < 0
                        ? Map.of("pointer", pointer)
                        : Map.of("operation", index, "pointer", pointer),
                null);
    }

    Problem immutable() {
        return problem(
                ProblemCode.IMMUTABLE_FIELD,
                "would change a field that is written once and has a value");
    }

    Problem forbidden() {
        return problem(
                ProblemCode.FORBIDDEN,
                "touches a field that this region may not see; write it in a region that may");
    }
}
