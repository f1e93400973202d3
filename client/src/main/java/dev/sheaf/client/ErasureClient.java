package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;
import dev.sheaf.kernel.Problem;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/// Erasures of persons' data at a node. Made by [SheafClient#erasures()], and closed with it.
///
/// Every method throws [Problem] as those of [SheafClient] do; what changes something is never
/// repeated. Safe for use by many threads.
public final class ErasureClient {
    private static final String ERASURES = "/api/v1/erasures";

    private final Transport transport;

    ErasureClient(Transport transport) {
        this.transport = transport;
    }

    /// Begins an erasure, or looks what it would do.
    public ErasureInfo order(ErasureOrder order) {
        return transport.read(
                Call.send(
                                "POST",
                                ERASURES,
                                BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(order)))
                        .with(Map.of("Content-Type", "application/json")),
                ErasureInfo.class);
    }

    public ErasureInfo erasure(String id) {
        return transport.read(Call.get(ERASURES + "/" + UriText.segment(id)), ErasureInfo.class);
    }

    public ErasureList list() {
        return transport.read(Call.get(ERASURES), ErasureList.class);
    }
}
