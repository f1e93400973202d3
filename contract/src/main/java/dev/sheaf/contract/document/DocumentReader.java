package dev.sheaf.contract.document;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Source;

import java.util.Locale;

/// Reads one YAML or JSON document.
///
/// Text that begins with `{` is tried as JSON first, so that escapes and tabs mean what they mean
/// there; everything else is YAML. Plain YAML scalars are read as YAML 1.1 has it (`yes` is true),
/// because that is what the tools around the standards do; where YAML 1.2 differs there is a
/// remark. Dates stay text.
public final class DocumentReader {
    /// Limits far above what a person or a tool writes, and far below what harms.
    public static final int BYTES_MAX = 16 << 20;

    public static final int DEPTH_MAX = 64;
    public static final int NODES_MAX = 500_000;

    /// Of YAML only: its parser takes time quadratic in the length of a word.
    public static final int LINE_CHARACTERS_MAX = 1 << 18;

    private DocumentReader() {}

    /// Never throws for anything the bytes may hold.
    public static Parsed read(Source source) {
        try {
            String text = DocumentText.decode(source.bytes());
            boolean braced = text.stripLeading().startsWith("{");
            boolean named = source.name().toLowerCase(Locale.ROOT).endsWith(".json");
            return braced || named ? readJson(text, named) : readYaml(text);
        } catch (DocumentFault fault) {
            return new Parsed.Broken(fault.finding());
        }
    }

    private static Parsed readJson(String text, boolean named) throws DocumentFault {
        try {
            return new JsonTree(text).read();
        } catch (DocumentFault notJson) {
            if (named || !notJson.finding().keyword().equals("syntax")) {
                throw notJson;
            }
            // A YAML flow mapping begins like JSON too.
            return readYaml(text);
        }
    }

    private static Parsed readYaml(String text) throws DocumentFault {
        int line = 1;
        for (int start = 0; start < text.length(); line++) {
            int end = text.indexOf('\n', start);
            int length = (end < 0 ? text.length() : end) - start;
            if (length > LINE_CHARACTERS_MAX) {
                throw new DocumentFault(
                        new Position(line, 1),
                        "size",
                        "the line has "
                                + length
                                + " characters; YAML lines may have "
                                + LINE_CHARACTERS_MAX
                                + ": break it, or write JSON");
            }
            start += length + 1;
        }
        return new YamlTree(text).read();
    }

    static DocumentFault tooDeep(Position at) {
        return new DocumentFault(
                at,
                "depth",
                "nested more than " + DEPTH_MAX + " levels deep; no contract needs that");
    }

    static DocumentFault tooMany(Position at) {
        return new DocumentFault(
                at, "size", "holds more than " + NODES_MAX + " values, aliases written out");
    }

    static DocumentFault duplicate(Position at, String key, Position first) {
        return new DocumentFault(
                at,
                "duplicate-key",
                "'"
                        + Finding.shown(key)
                        + "' stands here a second time (first on line "
                        + first.line()
                        + "); keep one of the two");
    }
}
