/// The configuration and its reference page.
@NullMarked
package dev.sheaf.node.config;

import org.jspecify.annotations.NullMarked;
