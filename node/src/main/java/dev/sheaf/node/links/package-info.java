/// Links between the nodes of a mesh: ordered streams of opaque frames over gRPC with mutual TLS.
///
/// A link keeps order, bounds what it holds in both directions, and notices a peer that fell
/// silent. It knows nothing of what frames mean: no events, vectors or documents, no retransmission
/// after a link went down. Faults can be injected in development only.
@NullMarked
package dev.sheaf.node.links;

import org.jspecify.annotations.NullMarked;
