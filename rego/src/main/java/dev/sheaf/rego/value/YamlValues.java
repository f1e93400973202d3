package dev.sheaf.rego.value;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The way from YAML to values. Few aliases and levels are taken, so that a small text cannot grow
/// into a large value.
///
/// Words without quotes are read as OPA reads them, which is nearer to YAML 1.2 than to 1.1: dates,
/// `yes`, `off` and `1:30` are texts.
public final class YamlValues {
    private static final int ALIASES_MAX = 50;
    private static final int LEVELS_MAX = 100;

    private YamlValues() {}

    /// One document; null when the text is empty.
    ///
    /// @throws IllegalArgumentException when it is no YAML, or too deep
    public static Value parse(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(ALIASES_MAX);
        options.setNestingDepthLimit(LEVELS_MAX);
        options.setAllowDuplicateKeys(false);
        // The parts that reading needs; the library's front door loads those for writing too.
        SafeConstructor constructor = new SafeConstructor(options);
        constructor.setComposer(
                new Composer(
                        new ParserImpl(new StreamReader(yaml), options),
                        new PlainWords(),
                        options));
        try {
            return value(constructor.getSingleData(Object.class), 0);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// What words without quotes mean.
    private static final class PlainWords extends Resolver {
        private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern INTEGER =
                Pattern.compile("[-+]?(?:0|[1-9][0-9_]*|0[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+)");
        private static final Pattern DECIMAL =
                Pattern.compile(
                        "[-+]?(?:\\.[0-9][0-9_]*|[0-9][0-9_]*(?:\\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?"
                                + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, BOOLEAN, "tTfF");
            addImplicitResolver(Tag.INT, INTEGER, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, DECIMAL, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }

    private static Value value(@Nullable Object object, int level) {
        if (level > LEVELS_MAX) {
            throw new IllegalArgumentException("more than " + LEVELS_MAX + " levels");
        }
        return switch (object) {
            case null -> NullValue.NULL;
            case Boolean bool -> BooleanValue.of(bool);
            case Integer integer -> NumberValue.of(integer);
            case Long integer -> NumberValue.of(integer);
            case BigInteger integer -> NumberValue.of(integer);
            case Double number -> NumberValue.of(finite(number));
            case String text -> StringValue.of(text);
            case byte[] bytes -> StringValue.of(new String(bytes, StandardCharsets.UTF_8));
            case List<?> list ->
                    ArrayValue.of(list.stream().map(item -> value(item, level + 1)).toList());
            case Map<?, ?> map -> {
                ObjectValue.Builder fields = new ObjectValue.Builder(map.size());
                map.forEach((key, item) ->
                        fields.put(StringValue.of(String.valueOf(key)), value(item, level + 1)));
                yield fields.build();
            }
            default ->
                    throw new IllegalArgumentException(
                            "a " + object.getClass().getSimpleName() + " cannot be a value");
        };
    }

    private static BigDecimal finite(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(number + " is no JSON number");
        }
        return BigDecimal.valueOf(number);
    }
}
