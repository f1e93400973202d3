package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;
import dev.sheaf.kernel.Problem;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/// Retention at a node. Made by [SheafClient#retention()], and closed with it.
///
/// Every method throws [Problem] as those of [SheafClient] do; what changes something is never
/// repeated. Safe for use by many threads.
public final class RetentionClient {
    private static final String RETENTION = "/api/v1/retention";

    private final Transport transport;

    RetentionClient(Transport transport) {
        this.transport = transport;
    }

    public RetentionStatus status() {
        return transport.read(Call.get(RETENTION), RetentionStatus.class);
    }

    /// Runs and waits for the end.
    public RetentionRun run(RetentionOrder order) {
        return transport.read(
                Call.send(
                                "POST",
                                RETENTION + "/run",
                                BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(order)))
                        .with(Map.of("Content-Type", "application/json")),
                RetentionRun.class);
    }
}
