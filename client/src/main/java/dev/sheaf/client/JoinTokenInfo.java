package dev.sheaf.client;

/// A token by which a region can join, told once.
///
/// @param token its text, a secret
/// @param expiresAt ISO 8601
public record JoinTokenInfo(String token, String region, String expiresAt) {}
