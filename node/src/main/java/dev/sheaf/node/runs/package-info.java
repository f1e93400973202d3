/// Publishes under way: started, waited for, watched, cancelled.
///
/// It does not publish; the product room does. What has ended is the ledger's to remember.
@NullMarked
package dev.sheaf.node.runs;

import org.jspecify.annotations.NullMarked;
