/// JSON values and pointers as the whole context engine compares and writes them: by value, so that
/// `1` and `1.0` are one number. It does not parse text and does not change documents.
@NullMarked
package dev.sheaf.context.json;

import org.jspecify.annotations.NullMarked;
