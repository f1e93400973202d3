package dev.sheaf.cli.lineage;

import dev.sheaf.client.LineageQuery;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Optional;

/// What a command's first argument means, with the options that say more of it: a product, a column
/// of one, or the name of a dataset.
final class Asked {
    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            description =
                    "OpenLineage's namespace of a dataset; needed when several have the name.")
    private @Nullable String namespace;

    @Option(names = "--column", paramLabel = "COLUMN", description = "Only this column.")
    private @Nullable String column;

    /// @param text with a namespace, a dataset's name and nothing else
    LineageQuery of(String text) {
        Optional<String> wanted = Optional.ofNullable(column);
        if (namespace != null) {
            return dataset(text, Optional.of(namespace), wanted);
        }
        String[] parts = text.split("\\.", 3);
        if (parts.length < 2 || !isProduct(parts[0] + "." + parts[1])) {
            return dataset(text, Optional.empty(), wanted);
        }
        return new LineageQuery(
                Optional.of(parts[0] + "." + parts[1]),
                Optional.empty(),
                Optional.empty(),
                parts.length == 3 ? wanted.or(() -> Optional.of(parts[2])) : wanted);
    }

    private static LineageQuery dataset(
            String name, Optional<String> namespace, Optional<String> column) {
        return new LineageQuery(Optional.empty(), Optional.of(name), namespace, column);
    }

    private static boolean isProduct(String text) {
        try {
            return !ProductName.parse(text).name().isEmpty();
        } catch (Problem none) {
            return false;
        }
    }
}
