package dev.sheaf.node.links;

import java.nio.file.Path;

/// The files of a node's identity, all PEM.
///
/// @param certificate the node's certificate and those between it and the authority
/// @param key its key, PKCS#8, not encrypted
/// @param authority certificates of the mesh's authority, by which peers are judged
public record LinkFiles(Path certificate, Path key, Path authority) {}
