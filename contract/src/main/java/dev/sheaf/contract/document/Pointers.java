package dev.sheaf.contract.document;

import java.util.List;
import java.util.Optional;

/// JSON pointers (RFC 6901) into a tree.
public final class Pointers {
    private Pointers() {}

    public static String of(List<Object> path) {
        StringBuilder pointer = new StringBuilder();
        path.forEach(step -> pointer.append('/').append(escape(step.toString())));
        return pointer.toString();
    }

    public static String append(String pointer, Object step) {
        return pointer + "/" + escape(step.toString());
    }

    /// Where the thing was written: a member's key if it is one; of something that is not there,
    /// the nearest part around it that is.
    public static Position locate(Node root, String pointer) {
        Position found = root.at();
        Node node = root;
        for (String step : steps(pointer)) {
            switch (node) {
                case Node.Mapping mapping when mapping.members().containsKey(step) -> {
                    Node.Member member = mapping.members().get(step);
                    found = member.keyAt();
                    node = member.value();
                }
                case Node.Sequence list
                        when index(step) >= 0 && index(step) < list.items().size() -> {
                    node = list.items().get(index(step));
                    found = node.at();
                }
                default -> {
                    return found;
                }
            }
        }
        return found;
    }

    public static Optional<Node> find(Node root, String pointer) {
        Node node = root;
        for (String step : steps(pointer)) {
            switch (node) {
                case Node.Mapping mapping when mapping.members().containsKey(step) ->
                        node = mapping.members().get(step).value();
                case Node.Sequence list
                        when index(step) >= 0 && index(step) < list.items().size() ->
                        node = list.items().get(index(step));
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(node);
    }

    private static List<String> steps(String pointer) {
        return pointer.isEmpty()
                ? List.of()
                : java.util.Arrays.stream(pointer.substring(1).split("/", -1))
                        .map(step -> step.replace("~1", "/").replace("~0", "~"))
                        .toList();
    }

    private static String escape(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }

    private static int index(String step) {
        return step.matches("\\d{1,9}") ? Integer.parseInt(step) : -1;
    }
}
