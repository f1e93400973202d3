package dev.sheaf.product.ledger;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// An operating-system lock on one file, which ends with its process however that ends. The file
/// says who holds it, for people; only the lock decides.
final class DirectoryLock implements AutoCloseable {
    static final String FILE = "node.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw taken(folder, Files.readString(file).strip());
            }
            DirectoryLock lock = new DirectoryLock(channel);
            lock.write("process " + ProcessHandle.current().pid());
            return lock;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process holds it
        }
    }

    private static Problem taken(Path folder, String holder) {
        return new Problem(
                ProblemCode.CONFLICT,
                "another node ("
                        + (holder.isEmpty() ? "just starting" : holder)
                        + ") uses the data directory "
                        + folder
                        + ": stop it first, or choose another folder for this one");
    }

    void announcePort(int port) throws IOException {
        write("process " + ProcessHandle.current().pid() + ", port " + port);
    }

    private void write(String holder) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the data directory", e);
        }
    }
}
