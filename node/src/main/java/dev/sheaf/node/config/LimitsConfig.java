package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;

import java.time.Duration;

/// What one caller may ask of the node.
public record LimitsConfig(
        @Setting(value = "Size of a request's line and headers.", fallback = "16KiB")
                ByteSize headersMax,
        @Setting(value = "Size of a JSON body.", fallback = "1MiB") ByteSize jsonBodyMax,
        @Setting(value = "Size of all manifests of one apply, as sent.", fallback = "32MiB")
                ByteSize manifestsMax,
        @Setting(value = "Size of one write of a context document.", fallback = "1MiB")
                ByteSize contextEventMax,
        @Setting(value = "Size of one batch of context events.", fallback = "32MiB")
                ByteSize contextBatchMax,
        @Setting(value = "Streams of context changes and conflicts at once.", fallback = "1000")
                int contextStreamsMax,
        @Setting(value = "Size of all files of one upload.", fallback = "50GiB") ByteSize uploadMax,
        @Setting(value = "Files in one upload or publish.", fallback = "10000") int filesMax,
        @Setting(
                        value = "Requests worked on at once; more are told to come back.",
                        fallback = "256")
                int requestsMax,
        @Setting(value = "Open connections.", fallback = "1024") int connectionsMax,
        @Setting(
                        value =
                                "How long a connection may be silent while the node reads from it"
                                        + " or writes to it.",
                        fallback = "30s")
                Duration idleMax,
        @Setting(value = "How long stopping waits for what is under way.", fallback = "20s")
                Duration drainMax,
        @Setting(
                        value =
                                "Free space on the data directory's disk below which the node is"
                                        + " not ready.",
                        fallback = "512MiB")
                ByteSize diskFreeMin) {
    public LimitsConfig {
        Checks.atLeast("filesMax", filesMax, 1);
        Checks.atLeast("requestsMax", requestsMax, 1);
        Checks.atLeast("contextStreamsMax", contextStreamsMax, 1);
        Checks.atLeast("connectionsMax", connectionsMax, 1);
        Checks.positive("idleMax", idleMax);
        Checks.atMost("jsonBodyMax", jsonBodyMax, ByteSize.ofMebibytes(64));
        Checks.atMost("contextEventMax", contextEventMax, ByteSize.ofMebibytes(64));
        Checks.atMost("contextBatchMax", contextBatchMax, ByteSize.ofMebibytes(512));
        Checks.atMost("manifestsMax", manifestsMax, ByteSize.ofMebibytes(512));
        Checks.atMost("headersMax", headersMax, ByteSize.ofMebibytes(1));
    }
}
