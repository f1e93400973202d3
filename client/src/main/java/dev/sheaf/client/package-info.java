/// The node's public API (`spec/openapi.yaml`): a record for each request and answer, and a client.
///
/// It holds no state beyond a connection pool, keeps no profile and prints nothing. It does not
/// judge what the node says.
@NullMarked
package dev.sheaf.client;

import org.jspecify.annotations.NullMarked;
