package dev.sheaf.node.links;

import dev.sheaf.node.pki.MeshKeys;
import dev.sheaf.node.pki.Purpose;

import java.nio.file.Path;

/// The files of a node's identity, all PEM.
///
/// @param certificate the node's certificate and those between it and the authority
/// @param key its key, PKCS#8, not encrypted
/// @param authority certificates of the mesh's authority, by which peers are judged
public record LinkFiles(Path certificate, Path key, Path authority) {
    /// Those of the mesh's own making.
    public static LinkFiles of(MeshKeys keys) {
        return new LinkFiles(
                keys.files().certificate(Purpose.LINK),
                keys.files().key(Purpose.LINK),
                keys.files().rootCertificate());
    }
}
