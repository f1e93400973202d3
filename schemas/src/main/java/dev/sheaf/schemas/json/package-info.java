/// JSON Schema: reading documents of drafts 4 to 2020-12, and whether all that one schema allows is
/// allowed by another. Validates no data.
@NullMarked
package dev.sheaf.schemas.json;

import org.jspecify.annotations.NullMarked;
