package dev.sheaf.engine;

import java.util.List;
import java.util.function.Function;

/// A function of texts that statements may call in workers, beside those that DuckDB has. It is
/// NULL where one of its arguments is.
///
/// @param name in SQL
/// @param parameters how many texts it takes
/// @param type has a public constructor without parameters; what it needs lies where it lies, or
///   where the engine lies. Called by several threads
public record TextFunction(
        String name, int parameters, Class<? extends Function<List<String>, String>> type) {
    public TextFunction {
        if (!name.matches("[a-z_]+") || parameters < 1) {
            throw new IllegalArgumentException("no function: " + name + " of " + parameters);
        }
    }
}
