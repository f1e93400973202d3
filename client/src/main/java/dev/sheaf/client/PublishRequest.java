package dev.sheaf.client;

import java.net.URI;
import java.util.List;

/// Asks for files to be published that the node can fetch.
public record PublishRequest(List<URI> uris) {
    public PublishRequest {
        uris = List.copyOf(uris);
    }
}
