package dev.sheaf.node.governance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// A disk whose process dies at a step: before it, in the middle of it or after it. From then on
/// nothing is written.
final class DyingDisk extends PolicyDisk {
    /// How far the last step gets.
    enum Cut {
        BEFORE,
        WITHIN,
        AFTER
    }

    private final int lastStep;
    private final Cut cut;
    private int steps;

    /// @param lastStep from 0
    DyingDisk(int lastStep, Cut cut) {
        this.lastStep = lastStep;
        this.cut = cut;
    }

    boolean isDead() {
        return steps > lastStep;
    }

    /// Something that changes the disk.
    private interface Step {
        void run() throws IOException;
    }

    private void step(Step whole, Step part) throws IOException {
        if (isDead()) {
            throw new IOException("dead");
        }
        if (steps++ < lastStep) {
            whole.run();
            return;
        }
        switch (cut) {
            case BEFORE -> {}
            case WITHIN -> part.run();
            case AFTER -> whole.run();
        }
        throw new IOException("dies here");
    }

    @Override
    void createFolders(Path folder) throws IOException {
        step(() -> super.createFolders(folder), () -> {});
    }

    @Override
    void create(Path file, byte[] bytes) throws IOException {
        step(() -> super.create(file, bytes), () -> super.create(file, half(bytes)));
    }

    @Override
    void append(Path file, byte[] bytes) throws IOException {
        step(() -> super.append(file, bytes), () -> super.append(file, half(bytes)));
    }

    @Override
    void truncate(Path file, long bytes) throws IOException {
        step(() -> super.truncate(file, bytes), () -> {});
    }

    @Override
    void move(Path from, Path to) throws IOException {
        step(() -> super.move(from, to), () -> {});
    }

    @Override
    void sync(Path folder) throws IOException {
        step(() -> super.sync(folder), () -> {});
    }

    @Override
    void delete(Path tree) throws IOException {
        step(() -> super.delete(tree), () -> {});
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }
}
