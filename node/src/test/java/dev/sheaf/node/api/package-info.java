/// The API's document and its routes.
@NullMarked
package dev.sheaf.node.api;

import org.jspecify.annotations.NullMarked;
