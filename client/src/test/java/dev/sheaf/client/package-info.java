/// The client against a server of the JDK that says what a test wants it to say.
@NullMarked
package dev.sheaf.client;

import org.jspecify.annotations.NullMarked;
