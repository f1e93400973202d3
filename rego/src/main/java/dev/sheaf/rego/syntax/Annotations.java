package dev.sheaf.rego.syntax;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;
import dev.sheaf.rego.value.YamlValues;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The `# METADATA` comments of a module, each a block of lines of YAML.
final class Annotations {
    private static final String BEGIN = "METADATA";

    /// By the line after the block.
    private final Map<Integer, Annotation> byNextLine = new TreeMap<>();

    Annotations(List<Comment> comments) {
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
            byNextLine.put(line + 1, new Annotation(read(yaml.toString(), comment), comment.at()));
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
            }
        } catch (IllegalArgumentException e) {
            throw new Lexer.Fault("the metadata is no YAML: " + e.getMessage(), at.at(), "");
        }
        throw new Lexer.Fault("expected METADATA block, found something else", at.at(), "");
    }

    List<Annotation> all() {
        return new ArrayList<>(byNextLine.values());
    }

    Rule attach(Rule rule) {
        Annotation before = byNextLine.get(rule.at().line());
        return before == null ? rule : rule.withAnnotation(before);
    }
}
