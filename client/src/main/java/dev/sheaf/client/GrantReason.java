package dev.sheaf.client;

/// Why a request is denied, or a grant revoked.
public record GrantReason(String reason) {}
