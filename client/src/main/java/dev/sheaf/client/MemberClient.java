package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/// The members of the mesh. Methods throw as those of [SheafClient] do.
public final class MemberClient {
    private static final String MEMBERS = "/api/v1/members";

    private final Transport transport;

    MemberClient(Transport transport) {
        this.transport = transport;
    }

    public MemberList list() {
        return transport.read(Call.get(MEMBERS), MemberList.class);
    }

    /// A one-time token; the answer has its only copy.
    public JoinTokenInfo token(JoinTokenRequest request) {
        return transport.read(post("/api/v1/join-tokens", request), JoinTokenInfo.class);
    }

    /// Joins. Needs no right but the token's; the same key may ask again.
    public JoinAnswer join(JoinRequest request) {
        return transport.read(
                post(MEMBERS, request).anonymously().repeatableToo(), JoinAnswer.class);
    }

    /// The asked node leaves its mesh.
    public void leave(LeaveRequest request) {
        transport.discard(post("/api/v1/departure", request).patiently());
    }

    /// Evicts a region for good.
    ///
    /// @param region `cloud/location`
    public void evict(String region, EvictionRequest request) {
        transport.discard(post(MEMBERS + "/" + region + "/eviction", request));
    }

    private static Call post(String path, Object body) {
        return Call.send(
                        "POST",
                        path,
                        BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(body)))
                .with(Map.of("Content-Type", "application/json"));
    }
}
