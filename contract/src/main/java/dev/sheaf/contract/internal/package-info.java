/// How documents are held against their standard's schema and turned into the model. Nothing here
/// is for other areas.
@NullMarked
package dev.sheaf.contract.internal;

import org.jspecify.annotations.NullMarked;
