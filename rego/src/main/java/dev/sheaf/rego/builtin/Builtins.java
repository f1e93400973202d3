package dev.sheaf.rego.builtin;

import dev.sheaf.rego.builtin.web.WebBuiltins;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All built-in functions, by name.
public final class Builtins {
    private static final Map<String, Builtin> ALL = collect();

    private Builtins() {}

    private static Map<String, Builtin> collect() {
        Map<String, Builtin> all = new TreeMap<>();
        List<List<Builtin>> groups =
                List.of(
                        AggregateBuiltins.all(),
                        ArithmeticBuiltins.all(),
                        ArrayBuiltins.all(),
                        BitBuiltins.all(),
                        BytesBuiltins.all(),
                        ComparisonBuiltins.all(),
                        FormatBuiltins.all(),
                        GlobBuiltins.all(),
                        GraphBuiltins.all(),
                        JsonBuiltins.all(),
                        JsonPathBuiltins.all(),
                        LanguageBuiltins.all(),
                        NumberBuiltins.all(),
                        ObjectBuiltins.all(),
                        ProcessBuiltins.all(),
                        RegexBuiltins.all(),
                        SetBuiltins.all(),
                        StringBuiltins.all(),
                        TextChangeBuiltins.all(),
                        TimeBuiltins.all(),
                        TypeBuiltins.all(),
                        UnitBuiltins.all(),
                        UrlQueryBuiltins.all(),
                        UuidBuiltins.all(),
                        VersionBuiltins.all(),
                        WebBuiltins.all(),
                        YamlBuiltins.all());
        for (List<Builtin> group : groups) {
            for (Builtin builtin : group) {
                if (all.put(builtin.name(), builtin) != null) {
                    throw new IllegalStateException(builtin.name() + " is there twice");
                }
            }
        }
        return Map.copyOf(all);
    }

    public static Optional<Builtin> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    public static Map<String, Builtin> all() {
        return ALL;
    }
}
