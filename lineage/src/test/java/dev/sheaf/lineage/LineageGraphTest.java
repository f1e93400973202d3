package dev.sheaf.lineage;

import static dev.sheaf.lineage.GraphText.columns;
import static dev.sheaf.lineage.GraphText.down;
import static dev.sheaf.lineage.GraphText.job;
import static dev.sheaf.lineage.GraphText.name;
import static dev.sheaf.lineage.GraphText.owners;
import static dev.sheaf.lineage.GraphText.reach;
import static dev.sheaf.lineage.GraphText.tables;
import static dev.sheaf.lineage.GraphText.text;
import static dev.sheaf.lineage.GraphText.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

class LineageGraphTest {
    private final LineageGraph graph =
            new LineageGraph(dataset -> dataset.namespace().equals("product"));

    @Test
    void aColumnConcernsWhatIsMadeFromItAndNothingElse() {
        graph.put(job("one"), columns("a.x>b.x", "a.y>b.y"));
        graph.put(job("two"), columns("b.x>c.x", "b.y>d.y"));
        assertEquals(List.of("b.x", "c.x"), down(graph, "a.x"));
        assertEquals(List.of("b.x", "b.y", "c.x", "d.y"), down(graph, "a"));
        assertEquals(List.of("a.y", "b.y"), up(graph, "d.y"));
    }

    @Test
    void whatIsNotKnownByColumnsIsConcernedAsAWhole() {
        graph.put(job("one"), tables("a>b"));
        graph.put(job("two"), columns("b.x>c.x"));
        graph.describe(name("a"), List.of("x"));
        assertEquals(List.of("b", "c.x"), down(graph, "a.x"));
        assertEquals(List.of("a", "b.x"), up(graph, "c.x"));
    }

    @Test
    void aFilterConcernsTheWholeDataset() {
        graph.put(
                job("one"),
                columns("a.x>b.x")
                        .and(
                                new EdgesBuilder()
                                        .whole(
                                                GraphText.column("a.f"),
                                                name("b"),
                                                "INDIRECT/FILTER")
                                        .build()));
        assertEquals(List.of("b.x"), down(graph, "a.x"));
        assertEquals(List.of("b"), down(graph, "a.f"));
        assertEquals(List.of("a.f", "a.x"), up(graph, "b.x"));
    }

    @Test
    void cyclesEnd() {
        graph.put(job("one"), columns("a.x>b.x"));
        graph.put(job("two"), columns("b.x>a.x", "b.x>b.x"));
        assertEquals(List.of("b.x"), down(graph, "a.x"));
        assertEquals(List.of("b.x"), up(graph, "a.x"));
    }

    @Test
    void thePathTellsThroughWhichColumnsAndWhoseJobs() {
        graph.put(job("one"), columns("a.x>b.y"));
        graph.put(job("two"), columns("b.y>c.z"));
        Reach found =
                reach(graph, Question.Direction.DOWNSTREAM, "a.x", Question.ANY_DEPTH)
                        .orElseThrow();
        Reach.DatasetHit last = found.datasets().getLast();
        assertEquals(2, last.depth());
        assertEquals(
                "[x null , y one DIRECT/IDENTITY, z two DIRECT/IDENTITY]",
                last.path().stream()
                        .map(step ->
                                step.column().orElse("*")
                                        + " "
                                        + step.via().map(each -> each.name().name()).orElse("null")
                                        + " "
                                        + step.how())
                        .toList()
                        .toString());
        assertEquals(List.of("one", "two"), owners(found));
    }

    @Test
    void depthCountsJobs() {
        graph.put(job("one"), columns("a.x>b.x"));
        graph.put(job("two"), columns("b.x>c.x"));
        Reach found = reach(graph, Question.Direction.DOWNSTREAM, "a.x", 1).orElseThrow();
        assertEquals(List.of("b.x"), text(found));
        assertEquals(List.of("one"), owners(found));
    }

    @Test
    void aModelIsConcernedThroughTheColumnsItWasTrainedOn() {
        OwnerKey model = new OwnerKey(OwnerKey.Kind.MODEL, name("churn 3"), "gcp/europe-west1");
        graph.put(job("one"), columns("a.x>b.x", "a.y>b.y"));
        graph.put(model, new EdgesBuilder().read(GraphText.column("b.x")).input(name("c")).build());
        Reach found =
                reach(graph, Question.Direction.DOWNSTREAM, "a.x", Question.ANY_DEPTH)
                        .orElseThrow();
        assertEquals(List.of("churn 3", "one"), owners(found));
        Reach.OwnerHit hit = found.owners().getLast();
        assertEquals(Optional.of("x"), hit.through().getFirst().column());
        assertEquals(
                List.of("one"),
                owners(
                        reach(graph, Question.Direction.DOWNSTREAM, "a.y", Question.ANY_DEPTH)
                                .orElseThrow()));
    }

    @Test
    void oneDatasetMayHaveSeveralNames() {
        graph.put(job("one"), columns("a.x>path.x"));
        graph.put(job("two"), columns("table.x>c.x"));
        assertEquals(List.of("path.x"), down(graph, "a.x"));
        graph.name("here", name("path"), Set.of(name("table"), new EntityName("product", "p")));
        assertEquals(List.of("c.x", "p.x"), down(graph, "a.x").stream().distinct().toList());
        assertEquals(new EntityName("product", "p"), graph.names(name("table")).getFirst());
        graph.name("here", name("path"), Set.of());
        assertEquals(List.of("path.x"), down(graph, "a.x"));
    }

    @Test
    void anOwnerThatSaysSomethingElseLeavesNothingBehind() {
        graph.put(job("one"), columns("a.x>b.x"));
        graph.put(job("one"), columns("a.x>c.x"));
        assertEquals(List.of("c.x"), down(graph, "a.x"));
        graph.remove(job("one"));
        assertEquals(List.of(), down(graph, "a.x"));
        assertFalse(graph.has(job("one")));
        assertEquals(0, graph.size().edges());
    }

    @Test
    void aJobThatFollowsAnotherIsConcernedToo() {
        graph.put(job("one"), tables("a"));
        graph.put(job("two"), new EdgesBuilder().after(name("one")).output(name("b")).build());
        assertEquals(List.of("b"), down(graph, "a"));
        assertEquals(List.of("a"), up(graph, "b"));
    }

    @Test
    void whatIsUnknownIsSaidToBe() {
        assertTrue(reach(graph, Question.Direction.UPSTREAM, "a", 3).isEmpty());
        graph.mention(name("a"));
        assertEquals(List.of(), up(graph, "a"));
        assertTrue(reach(graph, Question.Direction.UPSTREAM, "a.x", 3).isEmpty());
    }

    @Test
    void randomGraphsAreFollowedAsByHand() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            LineageGraph some = new LineageGraph(_ -> false);
            Set<String> edges = new TreeSet<>();
            for (int job = 0; job < 12; job++) {
                Set<String> own = new TreeSet<>();
                for (int edge = 0; edge < 4; edge++) {
                    own.add(anyColumn(random) + ">" + anyColumn(random));
                }
                edges.addAll(own);
                some.put(job("j" + job), columns(own.toArray(String[]::new)));
            }
            String from = edges.iterator().next().split(">")[0];
            Set<String> wanted = new TreeSet<>(Set.of(from));
            while (grow(wanted, edges)) {}
            wanted.remove(from);
            Set<String> found = new TreeSet<>(down(some, from));
            found.remove(from);
            assertEquals(wanted, found, "seed " + seed);
        }
    }

    private static boolean grow(Set<String> reached, Set<String> edges) {
        boolean hasGrown = false;
        for (String edge : edges) {
            String[] ends = edge.split(">");
            hasGrown |= reached.contains(ends[0]) && reached.add(ends[1]);
        }
        return hasGrown;
    }

    private static String anyColumn(Random random) {
        return "d" + random.nextInt(6) + ".c" + random.nextInt(3);
    }
}
