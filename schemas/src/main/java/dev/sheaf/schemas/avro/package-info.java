/// Avro schemas: read strictly, compared as Avro's own rules of schema resolution say. Reads and
/// writes no data.
@NullMarked
package dev.sheaf.schemas.avro;

import org.jspecify.annotations.NullMarked;
