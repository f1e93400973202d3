package dev.sheaf.client;

import java.util.List;

/// Newest first.
public record ContractVersionList(List<ContractVersionInfo> versions) {
    public ContractVersionList {
        versions = List.copyOf(versions);
    }
}
