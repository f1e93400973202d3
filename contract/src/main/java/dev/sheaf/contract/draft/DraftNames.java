package dev.sheaf.contract.draft;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Names for consumers: lower case with underscores, as SQL needs no quotes for.
final class DraftNames {
    private final Set<String> taken = new HashSet<>();

    /// `Customer ID` and `customerId` become `customer_id`; never empty, never twice.
    String unique(String written) {
        String name = snake(written);
        String candidate = name;
        for (int number = 2; !taken.add(candidate); number++) {
            candidate = name + "_" + number;
        }
        return candidate;
    }

    static String snake(String written) {
        String name =
                Normalizer.normalize(written, Normalizer.Form.NFKD)
                        .replaceAll("\\p{M}", "")
                        .replace("ß", "ss")
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", "_")
                        .replaceAll("^_+|_+$", "");
        if (name.isEmpty()) {
            return "column";
        }
        return Character.isDigit(name.charAt(0)) ? "c_" + name : name;
    }

    /// A name for contract, domain or product.
    static String slug(String written) {
        return snake(written).replace('_', '-');
    }

    /// Without folders and endings: `2010-12-01.csv.gz` is `2010-12-01`.
    static String stem(String file) {
        String name = file.replaceAll(".*[/\\\\]", "");
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }
}
