/// Results as bytes: each format one class, all of them streaming. A writer holds one batch at a
/// time and writes as fast as its output takes it.
@NullMarked
package dev.sheaf.query.result;

import org.jspecify.annotations.NullMarked;
