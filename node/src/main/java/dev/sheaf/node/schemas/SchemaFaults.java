package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Map;

/// What can go wrong, under the numbers that clients of Confluent's interface know.
final class SchemaFaults {
    /// The member of a problem's details that holds the number.
    static final String NUMBER = "error_code";

    private SchemaFaults() {}

    static Problem of(ProblemCode code, int number, String message) {
        return new Problem(code, message, Map.of(NUMBER, number), null);
    }

    static Problem noSubject(String subject) {
        return of(
                ProblemCode.NOT_FOUND,
                40401,
                "Subject '"
                        + subject
                        + "' not found: nobody has registered a schema under it, or you may not"
                        + " know of it");
    }

    static Problem noVersion(String subject, String version) {
        return of(
                ProblemCode.NOT_FOUND,
                40402,
                "Version " + version + " of subject '" + subject + "' not found");
    }

    static Problem noSchema(String what) {
        return of(ProblemCode.NOT_FOUND, 40403, "Schema " + what + " not found");
    }

    static Problem invalidSchema(String message) {
        return of(ProblemCode.SCHEMA_VIOLATION, 42201, message);
    }

    static Problem invalidVersion(String text) {
        return of(
                ProblemCode.SCHEMA_VIOLATION,
                42202,
                "The specified version '"
                        + text
                        + "' is not a valid version id: write a whole number from 1, or latest");
    }

    static Problem incompatible(String message) {
        return of(ProblemCode.CONFLICT, 409, message);
    }

    /// The number of a problem that has none of its own.
    static int number(Problem problem) {
        if (problem.details().get(NUMBER) instanceof Integer number) {
            return number;
        }
        return switch (problem.code()) {
            case UNAUTHENTICATED -> 40101;
            case FORBIDDEN, SQL_NOT_ALLOWED -> 40301;
            case NOT_FOUND -> 404;
            case CONFLICT, PRECONDITION_FAILED -> 409;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case UNAVAILABLE -> 50003;
            case TIMED_OUT -> 50002;
            case STORAGE_FAILED -> 50001;
            default -> problem.code().httpStatus();
        };
    }

    /// The status that goes with a number.
    static int status(int number, ProblemCode code) {
        int status = number >= 10000 ? number / 100 : number;
        return status >= 400 && status < 600 ? status : code.httpStatus();
    }
}
