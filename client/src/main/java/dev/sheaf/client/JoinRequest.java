package dev.sheaf.client;

/// What a node sends to join a mesh.
///
/// @param token the text of a one-time token
/// @param publicKey of what will be its region's authority: P-256, as in certificates, base64
/// @param proof signature by that key under [JoinTokenText#proven], ECDSA over SHA-256, DER, base64
/// @param host for links
/// @param port for links
/// @param url where it will answer callers; empty when that is not to be said
public record JoinRequest(
        String token, String publicKey, String proof, String host, int port, String url) {}
