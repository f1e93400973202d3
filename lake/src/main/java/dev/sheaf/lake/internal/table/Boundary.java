package dev.sheaf.lake.internal.table;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.internal.store.StoreFailure;

import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.jdbc.UncheckedInterruptedException;
import org.apache.iceberg.jdbc.UncheckedSQLException;

import java.io.UncheckedIOException;
import java.util.function.Supplier;

/// Where iceberg-core's exceptions become problems.
final class Boundary {
    private Boundary() {}

    /// @param subject the table or thing that is worked on, for messages
    static <T> T run(String subject, Supplier<T> work) {
        try {
            return work.get();
        } catch (Problem e) {
            throw e;
        } catch (StoreFailure e) {
            throw e.problem();
        } catch (CommitFailedException e) {
            throw new Problem(
                    ProblemCode.CONFLICT, subject + ": others kept committing first; try again", e);
        } catch (UncheckedSQLException | UncheckedInterruptedException e) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    subject
                            + ": the catalog's database failed ("
                            + rootMessage(e)
                            + "); check that it runs and can be written",
                    e);
        } catch (NotFoundException | UncheckedIOException e) {
            throw unreadable(subject, e);
        }
    }

    /// A table whose own files cannot be understood.
    private static Problem unreadable(String subject, RuntimeException error) {
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                subject
                        + ": the table's metadata cannot be read ("
                        + rootMessage(error)
                        + "); restore it from a backup of its metadata folder",
                error);
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
