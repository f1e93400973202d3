package dev.sheaf.client;

import java.util.List;

/// Newest first.
public record ProposalList(List<ProposalInfo> proposals) {
    public ProposalList {
        proposals = List.copyOf(proposals);
    }
}
