/// Erasure of a person's data over all stores of the node, and retention.
///
/// It decides what is asked, in which order, and what becomes of failures; how rows are taken out
/// of a product is `dev.sheaf.product.erase`, how documents are is the context's. Whose data an
/// erasure is of stands in no file, log or answer of it: only a pseudonym does, whose key is
/// destroyed.
@NullMarked
package dev.sheaf.node.erasure;

import org.jspecify.annotations.NullMarked;
