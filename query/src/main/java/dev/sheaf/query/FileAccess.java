package dev.sheaf.query;

import dev.sheaf.lake.Lake.PlannedFile;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes data files readable to a worker as local files. Safe for use by many threads.
public interface FileAccess {
    /// Everything a worker may ever be pointed at: directories and files that exist. The same on
    /// each call as far as possible, as workers are kept warm per set.
    List<Path> roots();

    /// Whether any of the files is not simply there, so that it is worth finding out which columns
    /// and rows are needed.
    boolean isRemote(List<PlannedFile> files);

    /// @param columns names at the top level that will be read; empty for all
    /// @param schema of the release
    /// @param filter rows that do not match will not be looked at
    /// @throws dev.sheaf.kernel.Problem UNAVAILABLE or FORBIDDEN when a store cannot be read
    Opened open(
            List<PlannedFile> files,
            Schema schema,
            Optional<Set<String>> columns,
            Expression filter);

    /// Local files, usable until closed.
    interface Opened extends AutoCloseable {
        /// In the order of the files asked for.
        List<Path> paths();

        /// Whether reading may fail because a part that was not thought to be needed is not there.
        boolean mayLack();

        /// Called when reading failed, as a part that is not there looks like damage: brings more,
        /// and answers whether trying again makes sense.
        boolean widen();

        @Override
        void close();
    }
}
