package dev.sheaf.contract.document;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A part of a document. Parts that YAML aliases share are the same object, so a tree may be far
/// larger to walk than to hold; [DocumentReader] bounds both.
public sealed interface Node {
    /// Where its text begins.
    Position at();

    /// @param members in the order of the document, keys as text
    record Mapping(Position at, Map<String, Member> members) implements Node {
        public Mapping {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        public Optional<Node> get(String key) {
            return Optional.ofNullable(members.get(key)).map(Member::value);
        }
    }

    /// @param keyAt where the key was written
    record Member(Position keyAt, Node value) {}

    record Sequence(Position at, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    record Text(Position at, String value) implements Node {}

    /// @param written the number's text
    record Number(Position at, BigDecimal value, String written) implements Node {}

    record Flag(Position at, boolean value) implements Node {}

    /// A null.
    record Nothing(Position at) implements Node {}
}
