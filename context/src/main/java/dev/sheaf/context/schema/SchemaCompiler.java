package dev.sheaf.context.schema;

import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.NearMiss;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns a schema into checks, each part of it once, and gathers everything that is wrong with it.
final class SchemaCompiler {
    private static final int SCHEMAS_MAX = 10_000;
    private static final int DEPTH_MAX = 100;
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final Set<String> KNOWN = Keywords.known();

    private final References references;
    private final Faults faults = new Faults();
    private final Patterns patterns = new Patterns();
    private final Map<String, CompiledSchema> compiled = new HashMap<>();
    private int depth;

    SchemaCompiler(JsonNode root) {
        this.references = new References(root, faults);
    }

    Compilation compile() {
        CompiledSchema root = schema("", references.root());
        if (faults.all().isEmpty()) {
            Circles.find(compiled, faults);
        }
        return faults.all().isEmpty()
                ? new Compilation.Compiled(new SchemaValidator(root))
                : new Compilation.Refused(faults.all());
    }

    private CompiledSchema schema(String pointer, JsonNode node) {
        CompiledSchema known = compiled.get(pointer);
        if (known != null) {
            return known;
        }
        CompiledSchema schema = new CompiledSchema();
        if (compiled.size() >= SCHEMAS_MAX || depth > DEPTH_MAX) {
            faults.add(
                    "",
                    "is larger than "
                            + SCHEMAS_MAX
                            + " parts or nested more than "
                            + DEPTH_MAX
                            + " levels deep");
            return schema;
        }
        compiled.put(pointer, schema);
        depth++;
        if (node.isBoolean()) {
            schema.restrictTypes(node.booleanValue() ? Types.ALL : 0);
        } else if (node.isObject()) {
            new Part(pointer, node, schema).compile();
        } else {
            faults.add(
                    pointer,
                    "is "
                            + JsonValues.shown(node)
                            + " where a schema is needed: an object, true or false");
        }
        depth--;
        return schema;
    }

    /// One schema object on its way.
    private final class Part {
        private final JsonNode node;
        private final CompiledSchema schema;
        private final Operands operands;
        private final List<Rule> rules = new ArrayList<>();

        Part(String pointer, JsonNode node, CompiledSchema schema) {
            this.node = node;
            this.schema = schema;
            this.operands = new Operands(pointer, node, faults, patterns);
        }

        void compile() {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                keyword(entry.getKey());
            }
            references();
            branches();
            objects();
            schema.fill(rules, members(), elements());
        }

        private void keyword(String keyword) {
            switch (keyword) {
                case "type" -> schema.restrictTypes(operands.types());
                case "enum" ->
                        operands.list(keyword)
                                .ifPresent(values ->
                                        rules.add(ScalarRules.OneOfValues.of(keyword, values)));
                case "const" ->
                        rules.add(ScalarRules.OneOfValues.of(keyword, List.of(node.path(keyword))));
                case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" ->
                        operands.number(keyword)
                                .ifPresent(
                                        limit -> rules.add(ScalarRules.Bound.of(keyword, limit)));
                case "multipleOf" ->
                        operands.positive(keyword)
                                .ifPresent(
                                        divisor -> rules.add(new ScalarRules.MultipleOf(divisor)));
                case "minLength", "maxLength" ->
                        operands.size(keyword)
                                .ifPresent(
                                        limit -> rules.add(new ScalarRules.Length(keyword, limit)));
                case "pattern" ->
                        operands.text(keyword)
                                .flatMap(text -> operands.pattern(keyword, text))
                                .ifPresent(pattern -> rules.add(new ScalarRules.Matching(pattern)));
                case "format" ->
                        operands.text(keyword)
                                .flatMap(Format::named)
                                .ifPresent(format -> rules.add(new ScalarRules.Formatted(format)));
                case "minItems", "maxItems", "minProperties", "maxProperties" ->
                        operands.size(keyword)
                                .ifPresent(limit ->
                                        rules.add(new ContainerRules.Size(keyword, limit)));
                case "uniqueItems" -> {
                    if (operands.flag(keyword)) {
                        rules.add(new ContainerRules.UniqueItems());
                    }
                }
                case "required" -> rules.add(new ContainerRules.Required(operands.names(keyword)));
                case "dependentRequired" ->
                        rules.add(
                                new ContainerRules.DependentRequired(
                                        operands.namesByName(keyword)));
                case "$schema" -> dialect();
                case "$id" -> {
                    if (!operands.pointer().isEmpty()) {
                        operands.fault(keyword, "is allowed at the root only; write $anchor here");
                    }
                }
                default -> unknown(keyword);
            }
        }

        private void dialect() {
            String written = operands.text("$schema").orElse(DIALECT);
            if (!written.equals(DIALECT) && !written.equals(DIALECT + "#")) {
                operands.fault(
                        "$schema", "is '" + JsonValues.shown(written) + "'; allowed: " + DIALECT);
            }
        }

        private void unknown(String keyword) {
            if (KNOWN.contains(keyword) || keyword.startsWith("x-")) {
                return;
            }
            String instead = Keywords.REFUSED.get(keyword);
            operands.fault(
                    keyword,
                    instead != null
                            ? "is not supported; " + instead
                            : "is no keyword of JSON Schema 2020-12"
                                    + NearMiss.hint(keyword, KNOWN)
                                    + "; a note of your own begins with x-");
        }

        private void references() {
            List<CompiledSchema> always = schema.always();
            if (node.has("$ref")) {
                operands.text("$ref")
                        .flatMap(text -> references.resolve(operands.at("$ref"), text))
                        .ifPresent(to -> always.add(schema(to.pointer(), to.node())));
            }
            always.addAll(schemas("allOf"));
            if (!always.isEmpty()) {
                rules.add(new CombiningRules.All(List.copyOf(always)));
            }
        }

        private void branches() {
            List<CompiledSchema> sometimes = schema.sometimes();
            if (node.has("anyOf")) {
                List<CompiledSchema> any = schemas("anyOf");
                rules.add(new CombiningRules.Any(any));
                sometimes.addAll(any);
            }
            if (node.has("oneOf")) {
                List<CompiledSchema> one = schemas("oneOf");
                rules.add(new CombiningRules.ExactlyOne(one));
                sometimes.addAll(one);
            }
            CompiledSchema not = single("not");
            if (not != null) {
                rules.add(new CombiningRules.Not(not));
                sometimes.add(not);
            }
            CompiledSchema condition = single("if");
            CompiledSchema then = single("then");
            CompiledSchema otherwise = single("else");
            if (condition != null && (then != null || otherwise != null)) {
                rules.add(new CombiningRules.Conditional(condition, then, otherwise));
                sometimes.add(condition);
                if (then != null) {
                    sometimes.add(then);
                }
                if (otherwise != null) {
                    sometimes.add(otherwise);
                }
            }
            Map<String, CompiledSchema> dependent = named("dependentSchemas");
            if (!dependent.isEmpty()) {
                rules.add(new CombiningRules.Dependent(dependent));
                sometimes.addAll(dependent.values());
            }
        }

        private void objects() {
            CompiledSchema names = single("propertyNames");
            if (names != null) {
                rules.add(new ContainerRules.Names(names));
            }
            CompiledSchema contains = single("contains");
            if (contains != null) {
                rules.add(
                        new ContainerRules.Contains(
                                contains,
                                node.has("minContains")
                                        ? operands.size("minContains").orElse(1L)
                                        : 1,
                                node.has("maxContains")
                                        ? operands.size("maxContains").orElse(Long.MAX_VALUE)
                                        : Long.MAX_VALUE));
            }
            named("$defs");
        }

        private Members members() {
            Map<String, CompiledSchema> named = named("properties");
            List<Members.Patterned> patterned = new ArrayList<>();
            named("patternProperties")
                    .forEach((pattern, schema) ->
                            operands.pattern("patternProperties", pattern)
                                    .ifPresent(text ->
                                            patterned.add(new Members.Patterned(text, schema))));
            CompiledSchema other = single("additionalProperties");
            return named.isEmpty() && patterned.isEmpty() && other == null
                    ? Members.NONE
                    : new Members(named, List.copyOf(patterned), other);
        }

        private Elements elements() {
            List<CompiledSchema> first = schemas("prefixItems");
            CompiledSchema rest = single("items");
            return first.isEmpty() && rest == null ? Elements.NONE : new Elements(first, rest);
        }

        private @Nullable CompiledSchema single(String keyword) {
            JsonNode value = node.get(keyword);
            return value == null ? null : schema(operands.at(keyword), value);
        }

        private List<CompiledSchema> schemas(String keyword) {
            if (!node.has(keyword)) {
                return List.of();
            }
            List<CompiledSchema> schemas = new ArrayList<>();
            int index = 0;
            for (JsonNode each : operands.list(keyword).orElse(List.of())) {
                schemas.add(
                        schema(
                                JsonPointers.append(operands.at(keyword), Integer.toString(index)),
                                each));
                index++;
            }
            return schemas;
        }

        private Map<String, CompiledSchema> named(String keyword) {
            Map<String, CompiledSchema> schemas = new LinkedHashMap<>();
            operands.object(keyword)
                    .forEach((name, each) ->
                            schemas.put(
                                    name,
                                    schema(JsonPointers.append(operands.at(keyword), name), each)));
            return schemas;
        }
    }
}
