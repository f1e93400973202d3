/// Tests of bundles: what is read and written, signatures, and archives made to do harm.
@NullMarked
package dev.sheaf.rego.bundle;

import org.jspecify.annotations.NullMarked;
