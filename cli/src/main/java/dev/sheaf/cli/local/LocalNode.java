package dev.sheaf.cli.local;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running node of this machine, found by its data directory.
///
/// @param process checked to be a node with this data directory, not merely a process with its
///   number
/// @param port empty while it starts
public record LocalNode(Path dataDirectory, ProcessHandle process, OptionalInt port) {
    static final String MAIN_CLASS = "dev.sheaf.node.NodeMain";
    private static final String LOCK_FILE = "node.lock";
    private static final String FACTS_FILE = "node.json";
    private static final Pattern HOLDER =
            Pattern.compile("process (\\d{1,18})(?:, port (\\d{1,5}))?");

    /// The node that holds the data directory; empty when none runs.
    public static Optional<LocalNode> find(Path dataDirectory) {
        Path lock = dataDirectory.resolve(LOCK_FILE);
        try {
            Matcher holder = HOLDER.matcher(Files.readString(lock).strip());
            if (!holder.matches()) {
                return Optional.empty();
            }
            OptionalInt port =
                    holder.group(2) == null
                            ? OptionalInt.empty()
                            : OptionalInt.of(Integer.parseInt(holder.group(2)));
            return ProcessHandle.of(Long.parseLong(holder.group(1)))
                    .filter(process -> isNode(process, dataDirectory))
                    .map(process -> new LocalNode(dataDirectory, process, port));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, "cannot read " + lock + ": " + e, e);
        }
    }

    /// Where JDBC and ADBC clients find the node that holds the data directory, as a JDBC URL;
    /// empty when it answers none.
    static Optional<String> jdbcUrl(Path dataDirectory) {
        Path facts = dataDirectory.resolve(FACTS_FILE);
        try {
            JsonNode known = Wire.json().readTree(Files.readAllBytes(facts));
            return known.path("flightSql").asStringOpt().map(LocalNode::jdbcUrl);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, "cannot read " + facts + ": " + e, e);
        }
    }

    private static String jdbcUrl(String address) {
        URI uri = URI.create(address);
        boolean isEncrypted = uri.getScheme().endsWith("+tls");
        return "jdbc:arrow-flight-sql://"
                + uri.getAuthority()
                + (isEncrypted ? "" : "/?useEncryption=false");
    }

    /// Process numbers are used again: the command line decides.
    private static boolean isNode(ProcessHandle process, Path dataDirectory) {
        Optional<String[]> arguments = process.info().arguments();
        if (process.isAlive() && arguments.isPresent()) {
            return Arrays.asList(arguments.get()).contains(MAIN_CLASS)
                    && Arrays.asList(arguments.get()).contains(dataDirectory.toString());
        }
        String line = process.info().commandLine().orElse("");
        return process.isAlive()
                && line.contains(MAIN_CLASS)
                && line.contains(dataDirectory.toString());
    }

    /// Memory that the process holds, workers not counted; empty where the system does not say.
    public OptionalLong residentBytes() {
        return ResidentMemory.of(process.pid());
    }

    /// Asks the node to stop and waits; kills it when it does not.
    ///
    /// @return whether it stopped by itself
    public boolean stop(Duration graceMax) {
        process.destroy();
        if (exitsWithin(graceMax)) {
            return true;
        }
        process.destroyForcibly();
        if (!exitsWithin(graceMax)) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "process "
                            + process.pid()
                            + " does not end, even when killed; the system holds it");
        }
        return false;
    }

    private boolean exitsWithin(Duration max) {
        try {
            process.onExit().get(max.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "interrupted while the node was stopping", e);
        }
    }
}
