/// Tests of the comparison of JSON Schemas.
@NullMarked
package dev.sheaf.schemas.json;

import org.jspecify.annotations.NullMarked;
