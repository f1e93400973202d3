package dev.sheaf.kernel;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// The one exception that crosses boundaries: a code, a sentence for a person, facts for a machine.
///
/// The message says what happened, with which value, what is allowed, and the way out. Details are
/// rendered as extension members of problem+json (RFC 9457); they hold JSON values only (strings,
/// numbers, booleans, lists and maps of these) and never a secret.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient Map<String, Object> details;

    public Problem(ProblemCode code, String message) {
        this(code, message, Map.of(), null);
    }

    public Problem(ProblemCode code, String message, @Nullable Throwable cause) {
        this(code, message, Map.of(), cause);
    }

    public Problem(
            ProblemCode code,
            String message,
            Map<String, Object> details,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = new LinkedHashMap<>(details);
    }

    public ProblemCode code() {
        return code;
    }

    public Map<String, Object> details() {
        return details == null ? Map.of() : Map.copyOf(details);
    }

    /// This exception's text; unlike [#getMessage()] never null.
    public String message() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}
