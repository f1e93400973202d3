package dev.sheaf.context.runtime;

import dev.sheaf.context.Lane;

import java.util.Optional;

/// A change with all that surrounds it.
///
/// @param eventId the client's own id; the same id for the same document twice has the effect of
///   once
/// @param schemaVersion the version that the client speaks, or the type's newest
/// @param lane else the type's class decides
/// @param ttlSeconds 0 for the type's own rule
/// @param compactionKey or empty
/// @param author the authenticated subject
/// @param ifMatch do it only if the document's version is this one ([Read.Found#version()]); empty
///   text stands for a document that is not there
public record WriteRequest(
        DocumentKey key,
        Change change,
        String eventId,
        Optional<String> schemaVersion,
        Optional<Lane> lane,
        long ttlSeconds,
        String compactionKey,
        String author,
        Optional<String> ifMatch) {}
