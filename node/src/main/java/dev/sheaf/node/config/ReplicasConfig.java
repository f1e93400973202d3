package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;

import java.time.Duration;

/// Copies of other regions' products that lie in this one.
public record ReplicasConfig(
        @Setting(
                        value =
                                "How often each peer is asked what may be held of its products, and"
                                    + " told what is. What may no longer be held is deleted then.",
                        fallback = "5s")
                Duration interval,
        @Setting(value = "Releases of a product that are kept, newest first.", fallback = "1")
                int releasesMax,
        @Setting(
                        value =
                                "Bytes a second that are fetched from one peer at most; 0MiB for no"
                                        + " limit.",
                        fallback = "0MiB")
                ByteSize rateMax,
        @Setting(
                        value =
                                "How long an erasure waits for the regions that hold copies to say"
                                    + " that theirs are gone; after that it is incomplete, and is"
                                    + " ordered again.",
                        fallback = "20s")
                Duration confirmationMax) {
    public ReplicasConfig {
        Checks.positive("replicas.interval", interval);
        Checks.atLeast("replicas.releasesMax", releasesMax, 1);
        Checks.atLeast("replicas.confirmationMax", confirmationMax.toMillis(), 0);
    }
}
