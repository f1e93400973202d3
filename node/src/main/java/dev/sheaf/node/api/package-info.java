/// The operations of `spec/openapi.yaml`: each checks what its caller may see, asks a room for the
/// answer, and puts it into the API's words.
///
/// It decides nothing that a room decides, and knows no HTTP beyond [dev.sheaf.node.http.Request]
/// and [dev.sheaf.node.http.Reply].
@NullMarked
package dev.sheaf.node.api;

import org.jspecify.annotations.NullMarked;
