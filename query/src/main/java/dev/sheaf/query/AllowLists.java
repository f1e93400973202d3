package dev.sheaf.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What SQL may consist of: kinds of nodes with their fields, functions, types. Read from this
/// package's resources, where a person has looked at each line; a test holds them against DuckDB,
/// so that an upgrade which brings something new fails until somebody has decided.
///
/// @param fields of each kind of node, see [Guard]
/// @param functions scalar, aggregate and window functions and macros, in lower case
/// @param types in lower case
record AllowLists(Map<String, Set<String>> fields, Set<String> functions, Set<String> types) {
    static final AllowLists STANDARD =
            new AllowLists(
                    shapes("syntax-allowed.txt"),
                    Set.copyOf(lines("functions-allowed.txt")),
                    Set.copyOf(lines("types-allowed.txt")));

    static List<String> lines(String resource) {
        try (InputStream in = AllowLists.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Set<String>> shapes(String resource) {
        Map<String, Set<String>> shapes = new HashMap<>();
        for (String line : lines(resource)) {
            List<String> words = List.of(line.split(" "));
            shapes.put(words.getFirst(), Set.copyOf(words.subList(1, words.size())));
        }
        return Map.copyOf(shapes);
    }
}
