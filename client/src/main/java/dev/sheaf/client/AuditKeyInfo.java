package dev.sheaf.client;

/// Whose signatures an audit log's checkpoints have.
///
/// @param origin the log's name
/// @param key a C2SP verifier key, `name+id+base64`
public record AuditKeyInfo(String origin, String key) {}
