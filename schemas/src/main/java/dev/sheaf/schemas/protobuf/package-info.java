/// Protobuf schemas: `.proto` text and descriptors, one into the other; compared as their messages
/// lie on the wire. Custom options and services are not kept in descriptors.
@NullMarked
package dev.sheaf.schemas.protobuf;

import org.jspecify.annotations.NullMarked;
