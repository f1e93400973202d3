/// Takes rows out of products for good: those of a person, and those that are older than their
/// contract allows.
///
/// The current release is followed by one without the rows, releases that hold or mention them are
/// forgotten, and their files are deleted, with the rejected rows that hold them. It decides
/// neither who may ask for that nor when it is time, and knows nothing of copies outside of the
/// product's own location.
@NullMarked
package dev.sheaf.product.erase;

import org.jspecify.annotations.NullMarked;
