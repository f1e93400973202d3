package dev.sheaf.lineage;

import java.util.List;
import java.util.Optional;

/// Short ways to say what is in a graph and what is reached in it.
final class GraphText {
    private GraphText() {}

    static EntityName name(String text) {
        return new EntityName("n", text);
    }

    static OwnerKey job(String text) {
        return new OwnerKey(OwnerKey.Kind.JOB, name(text), "aws/us-east-1");
    }

    static ColumnName column(String text) {
        String[] parts = text.split("\\.");
        return new ColumnName(name(parts[0]), parts[1]);
    }

    /// @param edges as in `a.x>b.y`
    static Edges columns(String... edges) {
        EdgesBuilder builder = new EdgesBuilder();
        for (String edge : edges) {
            String[] ends = edge.split(">");
            builder.column(column(ends[0]), column(ends[1]), "DIRECT/IDENTITY");
        }
        return builder.build();
    }

    /// @param edge as in `a>b`
    static Edges tables(String edge) {
        String[] ends = edge.split(">");
        EdgesBuilder builder = new EdgesBuilder().input(name(ends[0]));
        if (ends.length > 1) {
            builder.output(name(ends[1]));
        }
        return builder.build();
    }

    static Optional<Reach> reach(
            LineageGraph graph, Question.Direction direction, String from, int depth) {
        String[] parts = from.split("\\.");
        return graph.reach(
                new Question(
                        new Question.Start.Data(
                                name(parts[0]),
                                parts.length > 1 ? Optional.of(parts[1]) : Optional.empty()),
                        direction,
                        depth,
                        100));
    }

    /// As in `b.y` for columns and `c` for all of a dataset.
    static List<String> down(LineageGraph graph, String from) {
        return text(
                reach(graph, Question.Direction.DOWNSTREAM, from, Question.ANY_DEPTH)
                        .orElseThrow());
    }

    static List<String> up(LineageGraph graph, String from) {
        return text(
                reach(graph, Question.Direction.UPSTREAM, from, Question.ANY_DEPTH).orElseThrow());
    }

    static List<String> text(Reach reach) {
        return reach.datasets().stream().flatMap(GraphText::each).sorted().toList();
    }

    private static java.util.stream.Stream<String> each(Reach.DatasetHit hit) {
        String name = hit.dataset().name();
        return hit.isWhole()
                ? java.util.stream.Stream.of(name)
                : hit.columns().stream().map(column -> name + "." + column);
    }

    static List<String> owners(Reach reach) {
        return reach.owners().stream().map(hit -> hit.owner().name().name()).sorted().toList();
    }
}
