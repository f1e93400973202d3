package dev.sheaf.node.identity;

import dev.sheaf.kernel.RegionName;

/// Signatures of a mesh's nodes under what they say about what is at home with them. They count for
/// longer than the certificates of links do. For any thread.
public interface NodeSignatures {
    /// This node's signature, a JWS with detached payload (RFC 7515, appendix F) that brings along
    /// the certificates that show whose it is.
    String sign(byte[] payload);

    /// @param signer the region whose node must have signed
    /// @throws dev.sheaf.kernel.Problem FORBIDDEN saying why it is not that region's signature
    ///   under that payload
    void verify(RegionName signer, byte[] payload, String signature);
}
