/// Context documents that every region may write: dots and vectors, events and their operations,
/// documents and how they merge. Specified in `spec/context.md`.
///
/// Pure: no threads, clock, files, sockets or logging. It knows nothing of links, logs or requests.
@NullMarked
package dev.sheaf.context;

import org.jspecify.annotations.NullMarked;
