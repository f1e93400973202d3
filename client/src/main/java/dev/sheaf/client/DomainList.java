package dev.sheaf.client;

import java.util.List;

/// In name order.
public record DomainList(List<DomainInfo> domains) {
    public DomainList {
        domains = List.copyOf(domains);
    }
}
