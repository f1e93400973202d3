package dev.sheaf.client;

import java.util.Optional;

/// Asks for the erasure of all documents of a subject.
///
/// @param eventId the same one twice has the effect of once; made by the node when empty
public record SubjectErasure(String subject, Optional<String> eventId) {}
