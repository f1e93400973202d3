package dev.sheaf.context.document;

import dev.sheaf.context.json.JsonPointers;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Finds the places that hold nothing but [RedactedValue].
final class RedactedPaths {
    private final List<String> found = new ArrayList<>();

    private RedactedPaths() {}

    static List<String> of(@Nullable Object root) {
        RedactedPaths paths = new RedactedPaths();
        paths.visit(root, "");
        Collections.sort(paths.found);
        return paths.found;
    }

    private void visit(@Nullable Object content, String pointer) {
        boolean hidden = false;
        for (Object part : Mixed.partsOf(content)) {
            switch (part) {
                case MapNode map -> {
                    for (int slot = 0; slot < map.used(); slot++) {
                        if (map.raw(slot) instanceof Object member && mayHide(member)) {
                            visit(member, JsonPointers.append(pointer, map.key(slot)));
                        }
                    }
                }
                case ListNode list -> {
                    int index = 0;
                    for (Object element : list.elements().values()) {
                        if (mayHide(element)) {
                            visit(element, pointer + "/" + index);
                        }
                        index++;
                    }
                }
                case SetNode set -> {}
                case TextNode text -> {}
                case CounterNode counter -> {}
                case Object values -> {
                    for (Register register : Places.registers(values)) {
                        hidden |= register.value == RedactedValue.INSTANCE;
                    }
                }
            }
        }
        if (hidden) {
            found.add(pointer);
        }
    }

    private static boolean mayHide(Object content) {
        return content instanceof Node || content == RedactedValue.INSTANCE;
    }
}
