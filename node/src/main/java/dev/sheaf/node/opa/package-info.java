/// Open Policy Agent's interfaces: its REST API for data and queries over the policies in force,
/// its decision log, and the other way round an external OPA that decides for the node.
///
/// What policies mean is decided in [dev.sheaf.governance.decision]; here are documents and HTTP.
@NullMarked
package dev.sheaf.node.opa;

import org.jspecify.annotations.NullMarked;
