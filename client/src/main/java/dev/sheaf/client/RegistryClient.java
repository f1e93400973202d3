package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;
import dev.sheaf.kernel.Problem;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;

/// The catalog of all regions at a node, and proposals between regions. Made by
/// [SheafClient#registry()], and closed with it.
///
/// Every method throws [Problem] as those of [SheafClient] do; what changes something is never
/// repeated. Safe for use by many threads.
public final class RegistryClient {
    private static final String PROPOSALS = "/api/v1/proposals";

    private final Transport transport;

    RegistryClient(Transport transport) {
        this.transport = transport;
    }

    /// Regions, conflicts and faults.
    public RegistryInfo registry() {
        return transport.read(Call.get("/api/v1/registry"), RegistryInfo.class);
    }

    public ProposalInfo propose(ProposalRequest request) {
        return transport.read(post(PROPOSALS, request), ProposalInfo.class);
    }

    /// @param state `open`, `accepted` or `rejected`; all when empty
    public ProposalList proposals(Optional<String> state) {
        UriText path = new UriText(PROPOSALS);
        state.ifPresent(each -> path.query("state", each));
        return transport.read(Call.get(path.toString()), ProposalList.class);
    }

    public ProposalInfo proposal(String id) {
        return transport.read(Call.get(path(id, "")), ProposalInfo.class);
    }

    public ProposalInfo accept(String id, ProposalAcceptance acceptance) {
        return transport.read(post(path(id, "/accept"), acceptance), ProposalInfo.class);
    }

    public ProposalInfo reject(String id, ProposalRejection rejection) {
        return transport.read(post(path(id, "/reject"), rejection), ProposalInfo.class);
    }

    private static String path(String id, String rest) {
        return PROPOSALS + "/" + UriText.segment(id) + rest;
    }

    private static Call post(String path, Object body) {
        return Call.send(
                        "POST",
                        path,
                        BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(body)))
                .with(Map.of("Content-Type", "application/json"))
                .patiently();
    }
}
