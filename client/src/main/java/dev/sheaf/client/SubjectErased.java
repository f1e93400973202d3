package dev.sheaf.client;

/// What an erasure of a subject came to.
///
/// @param erased documents that were erased at the node that was asked
public record SubjectErased(String eventId, long erased) {}
