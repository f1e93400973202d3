package dev.sheaf.client;

/// What a node gets that joins.
///
/// @param facts [JoinFacts] as JSON text
/// @param signature of the mesh's root under `sheaf-root-says`, a line feed and that text: ECDSA
///   over SHA-256, both numbers one after the other, base64url
public record JoinAnswer(String facts, String signature) {}
