package dev.sheaf.query;

import dev.sheaf.lake.Lake.PlannedFile;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Copies of local files of which, until they are widened, only the footer is there.
final class HoledFiles implements FileAccess {
    private final Path folder;
    final List<Set<String>> columnsSeen = new ArrayList<>();
    int widened;
    int closed;

    HoledFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Path> roots() {
        return List.of(folder);
    }

    @Override
    public boolean isRemote(List<PlannedFile> files) {
        return true;
    }

    @Override
    public Opened open(
            List<PlannedFile> files,
            Schema schema,
            Optional<Set<String>> columns,
            Expression filter) {
        columns.ifPresent(columnsSeen::add);
        List<Path> originals =
                files.stream().map(file -> LocalFiles.pathOf(file.location())).toList();
        List<Path> copies =
                originals.stream().map(file -> folder.resolve(file.getFileName())).toList();
        for (int i = 0; i < copies.size(); i++) {
            copy(originals.get(i), copies.get(i));
            dig(copies.get(i));
        }
        return new Opened() {
            private boolean whole;

            @Override
            public List<Path> paths() {
                return copies;
            }

            @Override
            public boolean mayLack() {
                return true;
            }

            @Override
            public boolean widen() {
                boolean first = !whole;
                whole = true;
                for (int i = 0; i < copies.size() && first; i++) {
                    copy(originals.get(i), copies.get(i));
                }
                widened += first ? 1 : 0;
                return first;
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dig(Path file) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() - 8);
            int footer = Integer.reverseBytes(bytes.readInt());
            bytes.seek(4);
            bytes.write(new byte[(int) (bytes.length() - 8 - footer - 4)]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
