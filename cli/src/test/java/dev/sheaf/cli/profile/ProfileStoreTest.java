package dev.sheaf.cli.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

final class ProfileStoreTest {
    private static final Profile PROFILE =
            new Profile(
                    URI.create("http://127.0.0.1:7350"),
                    Optional.of(Path.of("/x/token")),
                    Optional.empty());

    @TempDir private Path home = Path.of("");

    @Test
    void readsWhatItWrote() {
        ProfileStore store = new ProfileStore(home.resolve("new"));
        store.write(Optional.empty(), PROFILE);
        store.write(Optional.of("west"), PROFILE);
        assertEquals(Optional.of(PROFILE), store.read(Optional.empty()));
        assertEquals(Optional.of(PROFILE), store.read(Optional.of("west")));
        assertEquals(Optional.empty(), store.read(Optional.of("east")));
    }

    @Test
    void nobodyElseCanReadIt() throws IOException {
        ProfileStore store = new ProfileStore(home.resolve("new"));
        store.write(Optional.empty(), PROFILE);
        Path file = store.file(Optional.empty());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("new"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{}", "[]", "{\"url\": \"not a url\"}", "{\"url\": 3} trailing"})
    void aBrokenProfileIsNamedWithTheWayOut(String text) throws IOException {
        Files.writeString(home.resolve("profile.json"), text);
        Problem problem =
                assertThrows(Problem.class, () -> new ProfileStore(home).read(Optional.empty()));
        assertTrue(problem.message().contains("profile.json"), problem.message());
        assertTrue(problem.message().contains("sheaf up"), problem.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "", ".", "-x"})
    void aNameThatLeavesTheFolderIsRefused(String name) {
        assertThrows(Problem.class, () -> new ProfileStore(home).file(Optional.of(name)));
    }
}
