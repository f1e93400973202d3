package dev.sheaf.product.ledger;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.sqlite.SQLiteException;

import java.sql.SQLException;

/// Says in our words what a database's refusal means.
final class SqlProblems {
    private static final int SQLITE_PRIMARY_CODE_MASK = 0xff;

    private SqlProblems() {}

    static Problem of(String where, SQLException e) {
        ProblemCode code = e instanceof SQLiteException lite ? sqlite(lite) : postgres(e);
        return new Problem(code, "the ledger " + where + " " + sentence(code, e), e);
    }

    /// Whether the row already exists or refers to what does not.
    static boolean isConstraint(SQLException e) {
        if (e instanceof SQLiteException lite) {
            return primaryCode(lite) == 19;
        }
        return state(e).startsWith("23");
    }

    private static ProblemCode sqlite(SQLiteException e) {
        return switch (primaryCode(e)) {
            case 5, 6 -> ProblemCode.BUSY; // BUSY, LOCKED
            case 3, 8, 10, 13, 14, 23 -> ProblemCode.STORAGE_FAILED; // PERM READONLY IOERR FULL …
            case 11, 26 -> ProblemCode.STORAGE_FAILED; // CORRUPT, NOTADB
            default -> ProblemCode.INTERNAL;
        };
    }

    private static ProblemCode postgres(SQLException e) {
        String state = state(e);
        if (state.startsWith("08") || state.startsWith("57P")) {
            return ProblemCode.UNAVAILABLE;
        }
        if (state.startsWith("28") || state.equals("3D000") || state.equals("42501")) {
            return ProblemCode.INVALID_CONFIGURATION;
        }
        if (state.startsWith("53") || state.startsWith("58") || state.equals("25006")) {
            return ProblemCode.STORAGE_FAILED;
        }
        return state.startsWith("40") || state.equals("55P03")
                ? ProblemCode.BUSY
                : ProblemCode.INTERNAL;
    }

    private static String sentence(ProblemCode code, SQLException e) {
        String detail = ": " + String.valueOf(e.getMessage()).strip();
        return switch (code) {
            case BUSY -> "is held by another transaction for too long; try again" + detail;
            case UNAVAILABLE -> "cannot be reached; is the database running?" + detail;
            case INVALID_CONFIGURATION ->
                    "refuses the configured user or database; check url, user, password and its"
                            + " rights"
                            + detail;
            case STORAGE_FAILED ->
                    "cannot be read or written; check free space, permissions and the health of"
                            + " the disk"
                            + detail;
            default -> "failed" + detail;
        };
    }

    private static int primaryCode(SQLiteException e) {
        return e.getResultCode().code & SQLITE_PRIMARY_CODE_MASK;
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
