package dev.sheaf.context.codec;

import java.util.HashMap;
import java.util.Map;

/// Strings of one batch, each written once and then named by its number.
final class StringTable {
    private final Map<String, Integer> indexes = new HashMap<>();
    private final ByteWriter encoded = new ByteWriter();

    int indexOf(String text) {
        Integer known = indexes.get(text);
        if (known != null) {
            return known;
        }
        int index = indexes.size();
        indexes.put(text, index);
        encoded.string(text);
        return index;
    }

    void write(ByteWriter out) {
        out.varint(indexes.size());
        out.raw(encoded);
    }

    int size() {
        return encoded.size();
    }

    void clear() {
        indexes.clear();
        encoded.clear();
    }

    static String[] read(ByteReader in) {
        String[] strings = new String[in.count("strings")];
        for (int i = 0; i < strings.length; i++) {
            strings[i] = in.string();
        }
        return strings;
    }
}
