package dev.sheaf.rego.syntax;

import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;
import dev.sheaf.rego.value.YamlValues;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The `# METADATA` comments of a module, each a block of lines of YAML. Each belongs to the
/// statement that follows it.
final class Annotations {
    private static final String BEGIN = "METADATA";

    private record Block(ObjectValue yaml, Location at) {}

    private final List<Block> blocks = new ArrayList<>();
    private final List<Annotation> ofPackage = new ArrayList<>();

    /// @param isAlone whether a comment has its line for itself: others are no metadata
    Annotations(List<Comment> all, Predicate<Comment> isAlone) {
        List<Comment> comments = all.stream().filter(isAlone).toList();
        int index = 0;
        while (index < comments.size()) {
            Comment comment = comments.get(index);
            index++;
            if (!content(comment).strip().equals(BEGIN)) {
                continue;
            }
            StringBuilder yaml = new StringBuilder();
            int line = comment.at().line();
            while (index < comments.size() && comments.get(index).at().line() == line + 1) {
                yaml.append(content(comments.get(index))).append('\n');
                line++;
                index++;
            }
            blocks.add(new Block(read(yaml.toString(), comment), comment.at()));
        }
    }

    private static String content(Comment comment) {
        String text = comment.text().substring(1);
        return text.startsWith(" ") ? text.substring(1) : text;
    }

    private static ObjectValue read(String yaml, Comment at) {
        try {
            Value value = YamlValues.parse(yaml);
            if (value instanceof ObjectValue fields) {
                return fields;
            } else if (value instanceof NullValue) {
                return ObjectValue.EMPTY;
            }
        } catch (IllegalArgumentException e) {
            throw new Lexer.Fault("the metadata is no YAML: " + e.getMessage(), at.at(), "");
        }
        throw new Lexer.Fault("expected METADATA block, found something else", at.at(), "");
    }

    /// @return the rules, each with what stands before it
    List<Rule> attach(Location packageAt, List<Import> imports, List<Rule> rules) {
        TreeMap<Integer, Object> statements = new TreeMap<>();
        statements.put(packageAt.offset(), packageAt);
        imports.forEach(each -> statements.put(each.at().offset(), each));
        rules.forEach(each -> statements.putIfAbsent(each.at().offset(), each));
        Map<Object, List<Annotation>> byRule = new java.util.IdentityHashMap<>();
        for (Block block : blocks) {
            Map.Entry<Integer, Object> next = statements.higherEntry(block.at().offset());
            if (next == null) {
                throw new Lexer.Fault(
                        "nothing follows the metadata", block.at(), "move it before a statement");
            } else if (next.getValue() instanceof Rule rule) {
                byRule.computeIfAbsent(rule, each -> new ArrayList<>())
                        .add(Annotation.of(block.yaml(), "rule", block.at()));
            } else if (next.getValue() instanceof Location) {
                ofPackage.add(Annotation.of(block.yaml(), "package", block.at()));
            }
        }
        return rules.stream()
                .map(rule -> rule.withAnnotations(byRule.getOrDefault(rule, List.of())))
                .toList();
    }

    /// After [#attach].
    List<Annotation> ofPackage() {
        return List.copyOf(ofPackage);
    }
}
