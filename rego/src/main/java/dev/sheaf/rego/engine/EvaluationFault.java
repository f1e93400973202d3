package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;

/// Why an evaluation has no result: rules that contradict each other, limits that were reached, or
/// (where errors are strict) a built-in function that failed. Has no stack trace.
public final class EvaluationFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    public static final String CONFLICT = "eval_conflict_error";
    public static final String LIMIT = "eval_cancel_error";
    public static final String RECURSION = "rego_recursion_error";

    private final String code;
    private final transient Location at;

    public EvaluationFault(String code, String message, Location at) {
        super(at.file() + ":" + at.line() + ": " + code + ": " + message, null, false, false);
        this.code = code;
        this.at = at;
    }

    /// OPA's.
    public String code() {
        return code;
    }

    public Location at() {
        return at == null ? Location.NONE : at;
    }
}
