/// Events as bytes: the batches of `spec/context.md` section 5, which travel on links and lie in
/// logs, and the JSON form of section 2.
///
/// It transforms; what an event means and whether it may be applied is not its business.
@NullMarked
package dev.sheaf.context.codec;

import org.jspecify.annotations.NullMarked;
