package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;

import java.nio.file.Path;
import java.util.List;

/// How products are published.
public record PublishingConfig(
        @Setting("Folders of the node's machine from which file:// URIs may be published.")
                List<Path> importRoots,
        @Setting(value = "Publishes worked on at once, of different products.", fallback = "2")
                int runsMax,
        @Setting(value = "Publishes that may wait for their turn.", fallback = "100")
                int waitingMax,
        @Setting(value = "Memory of one publish; beyond it, it spills to disk.", fallback = "1GiB")
                ByteSize memoryMax,
        @Setting(
                        value =
                                "Threads of one publish; 0 means as many as the machine has"
                                        + " processors.",
                        fallback = "0")
                int threads) {
    public PublishingConfig {
        importRoots = List.copyOf(importRoots);
        Checks.atLeast("runsMax", runsMax, 1);
        Checks.atLeast("waitingMax", waitingMax, 1);
        Checks.atLeast("threads", threads, 0);
    }
}
