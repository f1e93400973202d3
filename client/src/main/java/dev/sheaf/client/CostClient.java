package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;

import java.io.IOException;
import java.io.InputStream;

/// Costs at a node. Made by [SheafClient#costs()], and closed with it.
///
/// Every method throws [dev.sheaf.kernel.Problem] as those of [SheafClient] do. Safe for use by
/// many threads.
public final class CostClient {
    private final Transport transport;

    CostClient(Transport transport) {
        this.transport = transport;
    }

    public CostReport report(CostQuery query) {
        return transport.read(Call.get(path(query)), CostReport.class);
    }

    /// Rows in the columns of FOCUS, as CSV.
    public byte[] focus(CostQuery query) {
        try (InputStream body =
                transport.open(Call.get(path(query) + "&format=focus-csv")).body()) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw transport.unreachable(e);
        }
    }

    private static String path(CostQuery query) {
        UriText path = new UriText("/api/v1/costs");
        path.query("by", query.by());
        query.from().ifPresent(day -> path.query("from", day.toString()));
        query.until().ifPresent(day -> path.query("until", day.toString()));
        return path.toString();
    }
}
