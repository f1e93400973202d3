package dev.sheaf.node.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

final class MemberRecordTest {
    private static final RegionName WEST = RegionName.parse("azure/westeurope");
    private static final String OLD = "aa".repeat(32);
    private static final String NEW = "bb".repeat(32);

    @TempDir private Path folder;

    private static SignedStatement said(
            MemberStatement.Kind kind, String authority, long number, int port, int second) {
        return SignedStatement.of(
                new MemberStatement(
                        kind,
                        "test",
                        WEST.toString(),
                        authority,
                        number,
                        new MemberAddress("host", port, ""),
                        "2026-03-01T12:00:%02dZ".formatted(second)),
                "signature");
    }

    private static List<SignedStatement> story() {
        return new ArrayList<>(
                List.of(
                        said(MemberStatement.Kind.ADMISSION, OLD, 1, 1, 0),
                        said(MemberStatement.Kind.ADDRESS, OLD, 0, 2, 1),
                        said(MemberStatement.Kind.ADDRESS, OLD, 0, 3, 2),
                        said(MemberStatement.Kind.DEPARTURE, OLD, 0, 0, 3),
                        said(MemberStatement.Kind.EVICTION, OLD, 0, 0, 4),
                        said(MemberStatement.Kind.EVICTION, OLD, 0, 0, 5),
                        said(MemberStatement.Kind.ADMISSION, NEW, 2, 7, 6)));
    }

    @Test
    void whoHearsTheSameInAnyOrderSeesTheSame() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            List<SignedStatement> order = story();
            Collections.shuffle(order, random);
            Members members = Members.open(folder.resolve("members-" + round + ".json"));
            for (SignedStatement one : order) {
                members.add(one);
                members.add(one);
            }
            Member west = members.find(WEST).orElseThrow();
            assertEquals(Member.State.ACTIVE, west.state());
            assertEquals(NEW, west.authority());
            assertEquals(7, west.address().port());
            assertEquals(
                    Optional.of("2026-03-01T12:00:04Z"), members.since(OLD).map(Object::toString));
            assertTrue(members.since(NEW).isEmpty());
            assertEquals(3, members.nextNumber(WEST));
        }
    }

    @Test
    void whatWasHeardLastCountsForAddressesOnly() {
        Members members = Members.open(folder.resolve("members.json"));
        story().subList(0, 3).forEach(members::add);
        assertEquals(3, members.find(WEST).orElseThrow().address().port());
        members.add(said(MemberStatement.Kind.ADMISSION, OLD, 1, 9, 30));
        assertEquals(9, members.find(WEST).orElseThrow().address().port());
    }

    @Test
    void whatIsKnownIsThereAfterARestart() {
        Path file = folder.resolve("members.json");
        Members members = Members.open(file);
        story().forEach(members::add);
        assertEquals(members.list(), Members.open(file).list());
    }

    @Test
    void aDamagedFileIsAClearError() throws Exception {
        Path file = folder.resolve("members.json");
        for (String damaged : List.of("{", "{\"statements\": [\"x\"]}", "[]")) {
            Files.writeString(file, damaged);
            Problem problem = assertThrows(Problem.class, () -> Members.open(file));
            assertTrue(problem.message().contains("Restore"), problem.message());
        }
    }

    @Test
    void nobodyIsAMemberOfWhomOnlyAnAddressWasHeard() {
        Members members = Members.open(folder.resolve("members.json"));
        members.add(said(MemberStatement.Kind.ADDRESS, OLD, 0, 2, 1));
        assertFalse(members.find(WEST).isPresent());
    }
}
