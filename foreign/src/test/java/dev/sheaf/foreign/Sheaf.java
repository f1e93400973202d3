package dev.sheaf.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Nodes as their users start them, by the command line of the distribution that is there, with a
/// home of its own.
///
/// @param folder for all that they write
public record Sheaf(Path folder) implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("\"url\" : \"(http://[0-9.:]+)\"");

    /// Runs a command to its end.
    public Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(repository().resolve("sheaf").toString());
        command.addAll(List.of(arguments));
        return Run.of(
                folder, Map.of("SHEAF_HOME", home().toString(), "SHEAF_BUILD", "never"), command);
    }

    /// Starts a node for each region.
    ///
    /// @param folder empty
    public static Sheaf up(Path folder, String... regions)
            throws IOException, InterruptedException {
        Sheaf sheaf = new Sheaf(folder);
        Run up = sheaf.run("up", "--regions", String.join(",", regions), "--port", "0");
        assertEquals(0, up.status(), up.text());
        return sheaf;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Run down = run("down");
        assertEquals(0, down.status(), down.text());
    }

    /// Where they listen, in the order in which they were named.
    public List<String> addresses() throws IOException, InterruptedException {
        Run status = run("status", "--json");
        Matcher address = ADDRESS.matcher(status.text());
        List<String> found = address.results().map(each -> each.group(1)).toList();
        assertTrue(!found.isEmpty(), status.text());
        return found;
    }

    /// The operator's token, which all of them take.
    public String token(String region) throws IOException {
        return Files.readString(
                        home().resolve("node-" + region.replace('/', '_'))
                                .resolve("keys/operator.token"))
                .strip();
    }

    /// The folder of the sources.
    public static Path repository() {
        return Path.of(System.getProperty("sheaf.repo", ".."));
    }

    private Path home() {
        return folder.resolve("home");
    }
}
