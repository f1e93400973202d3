package dev.sheaf.rego.builtin;

import dev.sheaf.rego.builtin.web.WebBuiltins;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// All built-in functions, by name. Their classes are loaded when a policy names one, as most
/// policies use few. For any thread.
public final class Builtins {
    private static final Map<String, Builtin> KNOWN = new ConcurrentHashMap<>();

    private Builtins() {}

    public static Optional<Builtin> find(String name) {
        Builtin known = KNOWN.get(name);
        if (known == null) {
            group(name).forEach(builtin -> KNOWN.putIfAbsent(builtin.name(), builtin));
            known = KNOWN.get(name);
        }
        return Optional.ofNullable(known);
    }

    public static Map<String, Builtin> all() {
        Map<String, Builtin> all = new TreeMap<>();
        Stream.of(
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
                        YamlBuiltins.all())
                .flatMap(List::stream)
                .forEach(builtin -> {
                    if (all.put(builtin.name(), builtin) != null) {
                        throw new IllegalStateException(builtin.name() + " is there twice");
                    }
                });
        return Map.copyOf(all);
    }

    /// The functions of the file that has this one, if there is one of that name; by what stands
    /// before the name's first dot, which is all of it for most.
    private static List<Builtin> group(String name) {
        int dot = name.indexOf('.');
        return switch (dot < 0 ? name : name.substring(0, dot)) {
            case "count", "sum", "product", "max", "min", "sort", "all", "any" ->
                    AggregateBuiltins.all();
            case "plus", "minus", "mul", "div", "rem", "abs", "round", "ceil", "floor" ->
                    ArithmeticBuiltins.all();
            case "array" -> ArrayBuiltins.all();
            case "bits" -> BitBuiltins.all();
            case "base64", "base64url", "hex" -> BytesBuiltins.all();
            case "neq", "lt", "lte", "gt", "gte" -> ComparisonBuiltins.all();
            case "sprintf", "format_int" -> FormatBuiltins.all();
            case "glob" -> GlobBuiltins.all();
            case "graph", "walk" -> GraphBuiltins.all();
            case "internal" -> both(AggregateBuiltins.all(), FormatBuiltins.all());
            case "equal", "rego" -> LanguageBuiltins.all();
            case "numbers", "rand" -> NumberBuiltins.all();
            case "object" -> ObjectBuiltins.all();
            case "trace", "opa" -> ProcessBuiltins.all();
            case "regex", "re_match" -> RegexBuiltins.all();
            case "and", "or", "set_diff", "intersection", "union" -> SetBuiltins.all();
            case "contains",
                    "startswith",
                    "endswith",
                    "indexof",
                    "indexof_n",
                    "substring",
                    "split",
                    "concat" ->
                    StringBuiltins.all();
            case "lower",
                    "upper",
                    "trim_space",
                    "trim",
                    "trim_left",
                    "trim_right",
                    "trim_prefix",
                    "trim_suffix",
                    "replace" ->
                    TextChangeBuiltins.all();
            case "time" -> TimeBuiltins.all();
            case "is_null",
                    "is_boolean",
                    "is_number",
                    "is_string",
                    "is_array",
                    "is_object",
                    "is_set",
                    "cast_null",
                    "cast_boolean",
                    "cast_string",
                    "cast_object",
                    "cast_array",
                    "cast_set",
                    "type_name",
                    "to_number" ->
                    TypeBuiltins.all();
            case "units" -> UnitBuiltins.all();
            case "urlquery" -> UrlQueryBuiltins.all();
            case "uuid" -> UuidBuiltins.all();
            case "semver" -> VersionBuiltins.all();
            case "yaml" -> YamlBuiltins.all();
            default -> dot < 0 ? List.of() : many(name);
        };
    }

    /// Namespaces that several files share, or that are of the web.
    private static List<Builtin> many(String name) {
        return switch (name.substring(0, name.indexOf('.'))) {
            case "strings" ->
                    name.equals("strings.render_template")
                            ? WebBuiltins.all()
                            : both(StringBuiltins.all(), TextChangeBuiltins.all());
            case "json" ->
                    name.endsWith("_schema")
                            ? WebBuiltins.all()
                            : both(JsonBuiltins.all(), JsonPathBuiltins.all());
            case "net", "crypto", "io", "graphql", "http", "providers" -> WebBuiltins.all();
            default -> List.of();
        };
    }

    private static List<Builtin> both(List<Builtin> some, List<Builtin> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
