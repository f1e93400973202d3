/// Documents and patch operations from one version of a type's schema to another.
///
/// Documents are stored in the newest version. What is written in an older one is translated where
/// it enters; what is read in an older one is translated as it leaves. A step that could lose
/// something says so in the declaration, or refuses the values that it would not give back.
@NullMarked
package dev.sheaf.context.translate;

import org.jspecify.annotations.NullMarked;
