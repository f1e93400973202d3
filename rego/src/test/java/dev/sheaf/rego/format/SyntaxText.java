package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.value.Value;

import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A syntax tree as a text, to compare trees by what they say and not by where they stand.
final class SyntaxText {
    private SyntaxText() {}

    /// The imports in an order of their own, since formatting may change it.
    static String of(Module module) {
        List<String> imports =
                module.imports().stream()
                        .map(SyntaxText::ofPart)
                        .sorted(Comparator.naturalOrder())
                        .toList();
        return module.packagePath()
                + "\n"
                + String.join("\n", imports)
                + "\n"
                + String.join("\n", module.rules().stream().map(SyntaxText::ofPart).toList())
                + "\n"
                + ofPart(module.annotations());
    }

    private static String ofPart(Object part) {
        return switch (part) {
            case Location place -> "";
            case Optional<?> some -> some.map(SyntaxText::ofPart).orElse("none");
            case List<?> list -> list.stream().map(SyntaxText::ofPart).toList().toString();
            case Value value -> value.typeName() + " " + value;
            case Record tree -> ofRecord(tree);
            default -> part.toString();
        };
    }

    private static String ofRecord(Record tree) {
        StringBuilder out = new StringBuilder(tree.getClass().getSimpleName()).append('(');
        for (RecordComponent component : tree.getClass().getRecordComponents()) {
            try {
                out.append(ofPart(component.getAccessor().invoke(tree))).append("; ");
            } catch (ReflectiveOperationException e) {
                throw new AssertionError("records of the syntax tree are public", e);
            }
        }
        return out.append(')').toString();
    }
}
