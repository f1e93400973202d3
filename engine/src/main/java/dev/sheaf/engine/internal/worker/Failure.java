package dev.sheaf.engine.internal.worker;

import dev.sheaf.engine.EngineProblem.Kind;

import java.io.IOException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement's failure, in DuckDB's own words and with our kind.
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    /// How the Arrow bridge wraps DuckDB's text.
    private static final Pattern WRAPPED =
            Pattern.compile(".*?CDataJniException\\{errno=-?\\d+, message=(.*)}", Pattern.DOTALL);

    private final Kind kind;

    Failure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static Failure of(SQLException cause) {
        return of(String.valueOf(cause.getMessage()));
    }

    static Failure ofStream(IOException cause) {
        String text = String.valueOf(cause.getMessage());
        Matcher wrapped = WRAPPED.matcher(text);
        return of(wrapped.matches() ? wrapped.group(1) : text);
    }

    private static Failure of(String message) {
        return new Failure(ErrorKinds.of(message), message);
    }

    Kind kind() {
        return kind;
    }
}
