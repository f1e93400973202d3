package dev.sheaf.client;

import java.util.List;

/// In order of home and product.
public record ReplicaList(List<ReplicaInfo> replicas) {
    public ReplicaList {
        replicas = List.copyOf(replicas);
    }
}
