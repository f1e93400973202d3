/// Documents under test: the table of the specification in both orders of arrival, random histories
/// against the reference, bytes, redaction.
@NullMarked
package dev.sheaf.context.document;

import org.jspecify.annotations.NullMarked;
