package dev.sheaf.client;

/// That a schema uses another.
///
/// @param name what the schema calls it
/// @param version of the subject, from 1
public record SchemaReferenceInfo(String name, String subject, int version) {}
