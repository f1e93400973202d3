package dev.sheaf.node.replicas;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.files.WholeFile;
import dev.sheaf.node.replicas.PeerFiles.HeldCopy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Which region may hold copies of what, as far as this region can know: what was handed out and
/// what the region has said that it holds since. Durable before anything is handed out. For any
/// thread.
public final class HandedOut {
    private final Path file;
    private final Map<String, Set<HeldCopy>> copies = new TreeMap<>();

    /// @param copies by region
    record Written(Map<String, List<HeldCopy>> copies) {}

    /// @param file need not be there yet; its folder is
    public HandedOut(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                Wire.json()
                        .readValue(Files.readAllBytes(file), Written.class)
                        .copies()
                        .forEach((region, held) -> copies.put(region, new HashSet<>(held)));
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// A region is about to get the files of a snapshot.
    synchronized void add(RegionName region, HeldCopy copy) {
        if (copies.computeIfAbsent(region.toString(), _ -> new HashSet<>()).add(copy)) {
            write();
        }
    }

    /// A region says all that it holds.
    synchronized void report(RegionName region, List<HeldCopy> held) {
        Set<HeldCopy> now = new HashSet<>(held);
        Set<HeldCopy> before = copies.getOrDefault(region.toString(), Set.of());
        if (!now.equals(before)) {
            copies.put(region.toString(), now);
            write();
        }
        notifyAll();
    }

    /// The regions that may hold a snapshot of a product of which that is true.
    public synchronized Set<RegionName> holders(ProductName product, Predicate<Long> snapshot) {
        Set<RegionName> holders = new TreeSet<>();
        copies.forEach((region, held) -> {
            boolean holds =
                    held.stream()
                            .filter(copy -> copy.product().equals(product.toString()))
                            .anyMatch(copy -> snapshot.test(copy.snapshotId()));
            if (holds) {
                holders.add(RegionName.parse(region));
            }
        });
        return holders;
    }

    /// Waits until no region holds such a snapshot, and no longer than that.
    ///
    /// @return those that may still hold one
    public synchronized Set<RegionName> awaitGone(
            ProductName product, Predicate<Long> snapshot, Duration max) {
        long end = System.nanoTime() + max.toNanos();
        Set<RegionName> holders = holders(product, snapshot);
        try {
            for (long left = end - System.nanoTime();
                    left > 0 && !holders.isEmpty();
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
                holders = holders(product, snapshot);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return holders;
    }

    private void write() {
        Map<String, List<HeldCopy>> written = new HashMap<>();
        copies.forEach((region, held) -> written.put(region, List.copyOf(held)));
        try {
            WholeFile.write(file, Wire.json().writeValueAsBytes(new Written(written)));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Problem failed(IOException e) {
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                "the record of copies in other regions " + file + " cannot be read or written",
                e);
    }
}
