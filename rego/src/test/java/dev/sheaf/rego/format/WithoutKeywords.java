package dev.sheaf.rego.format;

/// Turns texts in v1 into such in v0, as far as simple replacements go; what is no Rego afterwards
/// is not used.
final class WithoutKeywords {
    private WithoutKeywords() {}

    static String of(String text) {
        return text.replace(" if {", " {")
                .replaceAll(" if ([^{\n]+)\n", " { $1 }\n")
                .replaceAll("(?m)^(\\w+) contains (\\S+)", "$1[$2]")
                .replaceAll("(?m)^(\\w+(?:\\[[^\\]]+\\])?) := (.*) \\{ ", "$1 = $2 { ")
                .replaceFirst("\n", "\n\nimport future.keywords.in # for in\n");
    }
}
