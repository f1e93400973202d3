package dev.sheaf.lake.internal.store;

import org.apache.iceberg.io.DelegateFileIO;

import java.nio.file.Path;

/// One object store. Locations are full ones (`s3://bucket/key`), whatever the root.
///
/// Implementations let the errors of their libraries through; [RoutedFiles] turns them into
/// problems by asking [#failure].
interface Store extends DelegateFileIO {
    /// Copies a local file to a location; readers see it whole or not at all, and an object that
    /// was there is replaced. The local file may be moved away.
    void upload(Path local, String location);

    /// Whether an error only says that a read began at or after the end of its file.
    default boolean pastEnd(Throwable error) {
        return false;
    }

    /// What an error of this store's library means.
    Failure failure(Throwable error);
}
