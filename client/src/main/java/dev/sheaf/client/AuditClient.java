package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;
import dev.sheaf.kernel.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// A node's audit log as those who audit see it. Made by [SheafClient#audit()], and closed with it.
///
/// Believes nothing: proofs and checkpoints come as the node sent them, to be checked by whoever
/// has the log's key. Every method throws [Problem] as those of [SheafClient] do. Safe for use by
/// many threads.
public final class AuditClient {
    private static final String API = "/api/v1/audit";
    private static final int LINE_BYTES_MAX = 4 << 20;

    private final Transport transport;

    AuditClient(Transport transport) {
        this.transport = transport;
    }

    /// @param cursor [AuditPage#next] of the page before, in the same order
    /// @param limit at most so many entries, up to 1000
    public AuditPage search(
            AuditSearch search, boolean oldestFirst, Optional<String> cursor, int limit) {
        UriText path = new UriText(API + "/entries");
        search.addTo(path);
        path.query("order", oldestFirst ? "oldest" : "newest");
        path.query("limit", Integer.toString(limit));
        cursor.ifPresent(text -> path.query("cursor", text));
        return transport.read(Call.get(path.toString()).patiently(), AuditPage.class);
    }

    /// An entry with its proof, as a line of an export.
    public String entry(long index) {
        return text(API + "/entries/" + index);
    }

    /// The last signed checkpoint, which covers whatever was acknowledged before.
    public String checkpoint() {
        return text(API + "/checkpoint");
    }

    public AuditConsistency consistency(long from, long to) {
        return transport.read(
                Call.get(API + "/consistency?from=" + from + "&to=" + to), AuditConsistency.class);
    }

    /// The key as the node says it is; who has it from elsewhere knows more.
    public AuditKeyInfo key() {
        return transport.read(Call.get(API + "/key"), AuditKeyInfo.class);
    }

    /// Entries with their proofs, oldest first, one a line.
    public ResultStream export(AuditSearch search) {
        UriText path = new UriText(API + "/export");
        search.addTo(path);
        HttpResponse<InputStream> answer = transport.open(Call.get(path.toString()).patiently());
        return new ResultStream(
                Optional.empty(),
                answer.headers().firstValue("Content-Type").orElse(""),
                answer.body(),
                transport::unreachable);
    }

    private String text(String path) {
        try (InputStream body = transport.open(Call.get(path).patiently()).body()) {
            return new String(body.readNBytes(LINE_BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw transport.unreachable(e);
        }
    }

    /// Who saw what of a person's data.
    public AuditHistory history(AuditHistoryRequest request) {
        return transport.read(
                Call.send(
                                "POST",
                                API + "/history",
                                BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(request)))
                        .with(Map.of("Content-Type", "application/json"))
                        .patiently()
                        .repeatableToo(),
                AuditHistory.class);
    }
}
