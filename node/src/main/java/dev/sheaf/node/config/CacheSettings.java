package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;

/// The cache of remote files' byte ranges.
public record CacheSettings(
        @Setting(
                        value = "Disk space it may take; the least recently used files go first.",
                        fallback = "10GiB")
                ByteSize bytesMax) {}
