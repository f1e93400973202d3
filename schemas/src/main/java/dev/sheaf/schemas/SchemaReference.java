package dev.sheaf.schemas;

/// That a schema uses another.
///
/// @param name what the schema calls it: a type's name in Avro, what `$ref` or `import` says
/// @param version of the subject, from 1
public record SchemaReference(String name, String subject, int version) {}
