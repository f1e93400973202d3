/// Tests of the formatter: texts and what becomes of them, and what must hold for every module.
///
/// The modules of OPA's conformance cases and a few published policies are the material; they are
/// read from the folder that `sheaf.testdata` names.
@NullMarked
package dev.sheaf.rego.format;

import org.jspecify.annotations.NullMarked;
