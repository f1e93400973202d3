/// Patches under test: the published cases, and what each kind of field makes of them.
@NullMarked
package dev.sheaf.context.patch;

import org.jspecify.annotations.NullMarked;
