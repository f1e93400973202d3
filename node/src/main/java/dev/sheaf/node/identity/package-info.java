/// Who calls: signed tokens, their issuers, and what a token allows.
///
/// It decides what a token says, not what a particular request may do with a particular product;
/// that is decided where the product is known.
@NullMarked
package dev.sheaf.node.identity;

import org.jspecify.annotations.NullMarked;
