package dev.sheaf.bench.context.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Set;

final class WitnessTest {
    @Test
    void whatWasTriedMayCountAndWhatWasAcknowledgedMust() {
        Witness.Expected expected = new Witness().of("d");
        for (Effect effect :
                List.of(
                        new Effect.Add("visits", 3),
                        new Effect.Add("visits", 4),
                        new Effect.Member("tags", "a"),
                        new Effect.Version("w", 7),
                        new Effect.Version("w", 9))) {
            expected.attempt(effect);
        }
        expected.acknowledge(new Effect.Add("visits", 3));
        expected.acknowledge(new Effect.Version("w", 7));
        assertEquals(3, expected.sum("visits", true));
        assertEquals(7, expected.sum("visits", false));
        assertEquals(Set.of(), expected.members("tags", true));
        assertEquals(Set.of("a"), expected.members("tags", false));
        assertEquals(Map.of("w", 7L), expected.versions(true));
        assertEquals(Map.of("w", 9L), expected.versions(false));
    }

    @Test
    void aDocumentIsReadAsWritersSeeIt() {
        Shown shown =
                new Shown(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"visits": 5, "tags": ["a", "b"], "turns": [{"text": "t"}, {"text": "t"}],
                                         "notes": {"w": 8}}
                                        """));
        assertEquals(5, shown.sum("visits"));
        assertEquals(8, shown.version("w"));
        assertEquals(0, shown.version("other"));
        assertEquals(List.of("a", "b"), shown.members("tags"));
        assertEquals(List.of("t", "t"), shown.members("turns"));
        assertEquals(List.of(), shown.members("lines"));
    }
}
