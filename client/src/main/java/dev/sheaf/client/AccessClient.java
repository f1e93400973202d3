package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;
import dev.sheaf.kernel.Problem;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/// Access to products as a node's callers see it: asked for, approved, denied, revoked. Made by
/// [SheafClient#access()], and closed with it.
///
/// Every method throws [Problem] as those of [SheafClient] do; what changes something is never
/// repeated. Safe for use by many threads.
public final class AccessClient {
    private static final String GRANTS = "/api/v1/grants";

    private final Transport transport;

    AccessClient(Transport transport) {
        this.transport = transport;
    }

    public GrantInfo request(GrantRequest request) {
        return transport.read(post(GRANTS, request), GrantInfo.class);
    }

    public GrantList list(GrantQuery query) {
        UriText path = new UriText(GRANTS);
        path.query("limit", Integer.toString(query.limit()));
        query.product().ifPresent(product -> path.query("product", product.toString()));
        query.subject().ifPresent(subject -> path.query("subject", subject));
        query.state().ifPresent(state -> path.query("state", state));
        return transport.read(Call.get(path.toString()), GrantList.class);
    }

    public GrantInfo grant(String id) {
        return transport.read(Call.get(path(id, "")), GrantInfo.class);
    }

    public GrantInfo approve(String id, GrantApproval approval) {
        return transport.read(post(path(id, "/approve"), approval), GrantInfo.class);
    }

    public GrantInfo deny(String id, GrantReason reason) {
        return transport.read(post(path(id, "/deny"), reason), GrantInfo.class);
    }

    public GrantInfo revoke(String id, GrantReason reason) {
        return transport.read(post(path(id, "/revoke"), reason), GrantInfo.class);
    }

    private static String path(String id, String rest) {
        return GRANTS + "/" + UriText.segment(id) + rest;
    }

    private static Call post(String path, Object body) {
        return Call.send(
                        "POST",
                        path,
                        BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(body)))
                .with(Map.of("Content-Type", "application/json"));
    }
}
