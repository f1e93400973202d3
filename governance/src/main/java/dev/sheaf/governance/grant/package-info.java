/// Grants: who may read a product that is not theirs, for what, until when, and how that comes to
/// be and ends. What people do is a decision that is added to a grant and never taken away again,
/// so that copies of a grant which were decided upon in several regions can be joined.
///
/// Pure: knows no clock (moments are passed in), no storage and no callers' tokens, and says
/// nothing about what a grant allows; that is the policies' to say.
@NullMarked
package dev.sheaf.governance.grant;

import org.jspecify.annotations.NullMarked;
