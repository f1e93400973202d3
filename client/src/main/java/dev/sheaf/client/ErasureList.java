package dev.sheaf.client;

import java.util.List;

/// @param erasures newest first
public record ErasureList(List<ErasureInfo> erasures) {
    public ErasureList {
        erasures = List.copyOf(erasures);
    }
}
