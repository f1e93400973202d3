package dev.sheaf.lineage;

import static dev.sheaf.lineage.GraphText.column;
import static dev.sheaf.lineage.GraphText.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

class EdgesJsonTest {
    private static Edges sample() {
        return new EdgesBuilder()
                .column(column("a.x"), column("b.y"), "DIRECT/IDENTITY")
                .column(column("a.z"), column("b.y"), "")
                .whole(column("a.f"), name("b"), "INDIRECT/FILTER")
                .exact(name("c"))
                .table(name("a"), name("c"))
                .read(column("d.q"))
                .after(new EntityName("n", "Ü \u0000 \ud83d\ude00"))
                .build();
    }

    private static Edges again(List<ObjectNode> parts) {
        Edges all = Edges.NONE;
        for (ObjectNode part : parts) {
            all = all.and(EdgesJson.read(JsonMapper.shared().readTree(part.toString())));
        }
        return all;
    }

    @Test
    void whatIsWrittenIsReadInOnePartAndInMany() {
        assertEquals(sample(), again(EdgesJson.parts(sample(), 100)));
        List<ObjectNode> parts = EdgesJson.parts(sample(), 1);
        assertEquals(2, parts.size());
        assertEquals(sample(), again(parts));
        assertEquals(Edges.NONE, again(EdgesJson.parts(Edges.NONE, 10)));
    }

    @Test
    void theSameIsWrittenWhateverTheOrderOfEdges() {
        Edges other =
                new EdgesBuilder()
                        .column(column("a.z"), column("b.y"), "")
                        .column(column("a.x"), column("b.y"), "DIRECT/IDENTITY")
                        .build();
        Edges one =
                new EdgesBuilder()
                        .column(column("a.x"), column("b.y"), "DIRECT/IDENTITY")
                        .column(column("a.z"), column("b.y"), "")
                        .build();
        assertEquals(EdgesJson.parts(one, 10), EdgesJson.parts(other, 10));
    }

    @Test
    void aNumberThatNamesNothingIsRefused() {
        ObjectNode part = EdgesJson.parts(sample(), 100).getFirst();
        part.putArray("inputs").add(99);
        assertThrows(Problem.class, () -> EdgesJson.read(part));
    }

    @Test
    void aGraphGivesBackWhatItWasGiven() {
        LineageGraph graph = new LineageGraph(_ -> false);
        graph.put(GraphText.job("j"), sample());
        assertEquals(sample(), graph.edges(GraphText.job("j")));
    }

    @Test
    void aDatasetOfFiftyThousandColumnsIsFollowed() {
        EdgesBuilder edges = new EdgesBuilder();
        for (int number = 0; number < 50_000; number++) {
            edges.column(
                    new ColumnName(name("wide"), "c" + number),
                    new ColumnName(name("copy"), "c" + number),
                    "DIRECT/IDENTITY");
        }
        LineageGraph graph = new LineageGraph(_ -> false);
        graph.put(GraphText.job("copy"), again(EdgesJson.parts(edges.build(), 4000)));
        Reach all =
                GraphText.reach(graph, Question.Direction.DOWNSTREAM, "wide", Question.ANY_DEPTH)
                        .orElseThrow();
        assertEquals(50_000, all.columnCount());
        assertEquals(Reach.COLUMNS_MAX, all.datasets().getFirst().columns().size());
        assertEquals(List.of("copy.c49999"), GraphText.down(graph, "wide.c49999"));
    }
}
