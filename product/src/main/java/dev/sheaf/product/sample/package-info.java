/// Samples of columns, and what kind of personal data somebody takes them for. What takes them for
/// it is not here: this room does not see how personal data is told.
///
/// Samples hold values; they go to a [dev.sheaf.product.sample.PersonalDataDetector] and nowhere
/// else, not to logs, reports or answers.
@NullMarked
package dev.sheaf.product.sample;

import org.jspecify.annotations.NullMarked;
