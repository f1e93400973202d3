package dev.sheaf.query;

import org.apache.arrow.vector.types.pojo.Schema;

/// What a statement takes and answers, without running it.
///
/// @param columns of its answer
/// @param parameters one field for each, named by its position from 1; text where any type would do
public record QueryShape(Schema columns, Schema parameters) {}
