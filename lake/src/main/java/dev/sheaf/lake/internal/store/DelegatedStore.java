package dev.sheaf.lake.internal.store;

import org.apache.iceberg.io.DelegateFileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/// A store that is one of Iceberg's own implementations for the most part.
abstract class DelegatedStore implements Store {
    private static final long serialVersionUID = 1L;

    private final DelegateFileIO files;

    DelegatedStore(DelegateFileIO files) {
        this.files = files;
    }

    @Override
    public InputFile newInputFile(String location) {
        return files.newInputFile(location);
    }

    @Override
    public InputFile newInputFile(String location, long length) {
        return files.newInputFile(location, length);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return files.newOutputFile(location);
    }

    @Override
    public void deleteFile(String location) {
        files.deleteFile(location);
    }

    @Override
    public void deleteFiles(Iterable<String> locations) {
        files.deleteFiles(locations);
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        return files.listPrefix(prefix);
    }

    @Override
    public void deletePrefix(String prefix) {
        files.deletePrefix(prefix);
    }

    @Override
    public void close() {
        files.close();
    }
}
