package dev.sheaf.client;

import java.util.List;

/// A revision of the policies with its files, in the order of their paths.
public record PolicyRevision(
        long revision, String digest, boolean inForce, List<PolicyFileText> files) {
    public PolicyRevision {
        files = List.copyOf(files);
    }
}
