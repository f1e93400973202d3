/// Tests of what results look like as bytes.
@NullMarked
package dev.sheaf.query.result;

import org.jspecify.annotations.NullMarked;
