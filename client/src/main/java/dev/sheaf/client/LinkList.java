package dev.sheaf.client;

import java.util.List;

/// In order of the regions' names.
public record LinkList(List<LinkInfo> links) {
    public LinkList {
        links = List.copyOf(links);
    }
}
