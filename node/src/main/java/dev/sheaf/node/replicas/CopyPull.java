package dev.sheaf.node.replicas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.TableCopies.CopiedFile;
import dev.sheaf.lake.TableCopies.TableCopy;
import dev.sheaf.node.replicas.PeerFiles.CopyRequest;
import dev.sheaf.node.replicas.PeerFiles.Range;

import org.apache.iceberg.io.InputFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Brings the files of a release from their home into a store of this region. A file that is there
/// is not fetched again; one that is there in part is gone on with. For one thread.
final class CopyPull {
    private final RegionName home;
    private final Lake lake;
    private final Border border;

    /// What stands between the regions.
    ///
    /// @param room throws a Problem when so many more bytes have no room on this node's disk
    /// @param passed hears of bytes that came, and may wait
    /// @param stopped whether the node stops
    record Border(LongConsumer room, LongConsumer passed, BooleanSupplier stopped) {}

    CopyPull(RegionName home, Lake lake, Border border) {
        this.home = home;
        this.lake = lake;
        this.border = border;
    }

    /// Bytes that are not here yet, parts not counted.
    long missingBytes(TableCopy copy, UnaryOperator<String> location) {
        return copy.files().stream()
                .filter(file -> !isHere(file, location.apply(file.id())))
                .mapToLong(CopiedFile::bytes)
                .sum();
    }

    /// @param peers asks the home
    /// @param parts folder for files on their way; when there is no room in it, it is emptied
    /// @param location where a file goes, by its id
    /// @return where the files are
    /// @throws Problem STORAGE_FAILED when bytes came damaged twice, or there is no room here;
    ///   CANCELLED when the node stops; as [PeerFiles#read]
    Map<String, String> files(
            PeerFiles peers,
            CopyRequest request,
            TableCopy copy,
            Path parts,
            UnaryOperator<String> location) {
        Map<String, String> locations = new HashMap<>();
        for (CopiedFile file : copy.files()) {
            String at = location.apply(file.id());
            if (!isHere(file, at)) {
                bring(peers, request, file, parts, at);
            }
            locations.put(file.id(), at);
        }
        return locations;
    }

    private boolean isHere(CopiedFile file, String location) {
        InputFile there = lake.files().newInputFile(location);
        return there.exists() && there.getLength() == file.bytes();
    }

    private void bring(
            PeerFiles peers, CopyRequest request, CopiedFile file, Path parts, String location) {
        try {
            PartialFile partial = PartialFile.open(parts.resolve(file.id()));
            while (partial.verified() < file.bytes()) {
                if (border.stopped().getAsBoolean()) {
                    throw new Problem(ProblemCode.CANCELLED, "the node stops");
                }
                int length =
                        (int)
                                Math.min(
                                        PeerFiles.RANGE_BYTES_MAX,
                                        file.bytes() - partial.verified());
                Range range = range(peers, request, file, partial.verified(), length);
                keep(partial, range, parts);
                border.passed().accept(length);
            }
            verify(partial, file);
            lake.upload(partial.path(), location);
            partial.delete();
        } catch (IOException e) {
            throw noRoom(parts, e);
        }
    }

    private void keep(PartialFile partial, Range range, Path parts) throws IOException {
        try {
            border.room().accept(range.bytes().length);
        } catch (Problem e) {
            empty(parts);
            throw e;
        }
        partial.append(range.bytes(), range.sha256());
    }

    private void verify(PartialFile partial, CopiedFile file) throws IOException {
        try {
            lake.copies().verify(partial.path(), file);
        } catch (Problem e) {
            partial.delete();
            throw new Problem(e.code(), home + ": " + e.message(), e);
        }
    }

    /// What comes damaged is fetched once more.
    private Range range(
            PeerFiles peers, CopyRequest request, CopiedFile file, long offset, int length) {
        for (int attempt = 0; attempt < 2; attempt++) {
            Range range = peers.read(home, request, file.id(), offset, length);
            if (range.bytes().length == length
                    && Sha256.of(range.bytes()).hex().equals(range.sha256())) {
                return range;
            }
        }
        throw new Problem(
                ProblemCode.STORAGE_FAILED,
                "bytes "
                        + offset
                        + " to "
                        + (offset + length)
                        + " of file "
                        + file.id()
                        + " of "
                        + request.product()
                        + " came damaged twice from "
                        + home
                        + "; it is tried again later");
    }

    private Problem noRoom(Path parts, IOException cause) {
        empty(parts);
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                "files of " + home + " cannot be kept in " + parts + "; is the disk full?",
                cause);
    }

    private static void empty(Path parts) {
        try (Stream<Path> files = Files.list(parts)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED, parts + " cannot be emptied; check the disk", e);
        }
    }
}
