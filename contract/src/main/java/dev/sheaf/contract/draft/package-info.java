/// A first draft of a contract from a sample's statistics, with the evidence for each guess.
///
/// Pure: who reads the sample is somebody else's business.
@NullMarked
package dev.sheaf.contract.draft;

import org.jspecify.annotations.NullMarked;
