package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/// A node's policies as its callers see them. Made by [SheafClient#policies()], and closed with it.
///
/// Every method throws [Problem][dev.sheaf.kernel.Problem] as those of [SheafClient] do. Safe for
/// use by many threads.
public final class PolicyClient {
    private static final String API = "/api/v1/policies";

    private final Transport transport;

    PolicyClient(Transport transport) {
        this.transport = transport;
    }

    /// What is in force.
    public PolicyRevision inForce() {
        return transport.read(Call.get(API), PolicyRevision.class);
    }

    public PolicyHistory history() {
        return transport.read(Call.get(API + "/revisions"), PolicyHistory.class);
    }

    public PolicyRevision revision(long number) {
        return transport.read(Call.get(API + "/revisions/" + number), PolicyRevision.class);
    }

    public PolicyInForce apply(PolicyApply apply) {
        return transport.read(post("", apply).patiently(), PolicyInForce.class);
    }

    /// What applying would change; nothing is.
    public PolicyComparison compare(PolicyApply apply) {
        return transport.read(
                post("/dry-run", apply).patiently().repeatableToo(), PolicyComparison.class);
    }

    public PolicyInForce rollback(PolicyRollback rollback) {
        return transport.read(post("/rollback", rollback).patiently(), PolicyInForce.class);
    }

    /// What the policies in force say, and why; nothing is run.
    public PolicyLabAnswer lab(PolicyLabRequest request) {
        return transport.read(
                post("/lab", request).patiently().repeatableToo(), PolicyLabAnswer.class);
    }

    private static Call post(String path, Object body) {
        return Call.send(
                        "POST",
                        API + path,
                        BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(body)))
                .with(Map.of("Content-Type", "application/json"));
    }
}
