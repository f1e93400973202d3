package dev.sheaf.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// What workers need on disk, in the engine's home.
///
/// DuckDB's driver unpacks its native library anew in each process and leaves it behind when that
/// is killed. So it is unpacked here once, next to a copy of the driver without it. Each worker
/// also has a folder of its own (working directory, temporary files), which goes when the worker
/// goes.
final class WorkerFiles {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerFiles.class);
    private static final String DRIVER_CLASS = "org.duckdb.DuckDBDriver";
    private static final String NATIVE_PREFIX = "libduckdb_java.so_";

    /// A class of each jar that a worker uses.
    private static final List<String> NEEDED =
            List.of(
                    "dev.sheaf.engine.internal.worker.WorkerMain",
                    "dev.sheaf.kernel.Problem",
                    "org.slf4j.Logger",
                    "org.apache.arrow.c.Data",
                    "org.apache.arrow.vector.VectorSchemaRoot",
                    "org.apache.arrow.flatbuf.Message",
                    "org.apache.arrow.memory.RootAllocator",
                    "org.apache.arrow.memory.unsafe.UnsafeAllocationManager",
                    "com.google.flatbuffers.FlatBufferBuilder",
                    "com.fasterxml.jackson.databind.ObjectMapper",
                    "com.fasterxml.jackson.core.JsonFactory",
                    "com.fasterxml.jackson.annotation.JsonProperty",
                    "com.fasterxml.jackson.datatype.jsr310.JavaTimeModule",
                    "org.apache.commons.codec.binary.Hex");

    private final Path workers;
    private final List<TextFunction> functions;
    private final List<Path> classPath;
    private final Optional<Path> nativeLibraries;
    private final String ownPrefix = prefix(ProcessHandle.current());

    /// @throws UncheckedIOException when the home cannot be written
    WorkerFiles(Path home, List<TextFunction> functions) {
        try {
            Path root = Files.createDirectories(home).toRealPath();
            this.workers = Files.createDirectories(root.resolve("workers"));
            deleteOfDeadNodes();
            Path driver = sourceOf(DRIVER_CLASS);
            this.nativeLibraries = unpack(driver, root);
            Set<Path> sources = sources();
            functions.forEach(function -> sources.add(sourceOf(function.type())));
            this.functions = functions;
            this.classPath = new ArrayList<>(sources);
            this.classPath.add(
                    nativeLibraries.map(folder -> folder.resolve("driver.jar")).orElse(driver));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + home, e);
        }
    }

    List<Path> classPath() {
        return classPath;
    }

    List<TextFunction> functions() {
        return functions;
    }

    /// Where the unpacked native library lies; empty when the driver must unpack it itself.
    Optional<Path> nativeLibraries() {
        return nativeLibraries;
    }

    Path newWorkerFolder() throws IOException {
        return Files.createTempDirectory(workers, ownPrefix);
    }

    /// Deletes a folder and all in it; what cannot be deleted is logged and stays.
    static void deleteAll(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} could not be deleted: {}", folder, e.toString());
        }
    }

    private void deleteOfDeadNodes() throws IOException {
        try (Stream<Path> folders = Files.list(workers)) {
            folders.filter(folder -> !isAlive(folder.getFileName().toString()))
                    .forEach(WorkerFiles::deleteAll);
        }
    }

    private static boolean isAlive(String folderName) {
        int dash = folderName.indexOf('-');
        try {
            long pid = Long.parseLong(folderName.substring(0, Math.max(0, dash)));
            return ProcessHandle.of(pid)
                    .map(node -> folderName.startsWith(prefix(node)))
                    .orElse(false);
        } catch (NumberFormatException e) {
            return true; // not ours
        }
    }

    /// Process number and start time, as numbers come again.
    private static String prefix(ProcessHandle node) {
        long startMillis = node.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
        return node.pid() + "-" + startMillis + "-";
    }

    private static Set<Path> sources() {
        Set<Path> sources = new LinkedHashSet<>();
        NEEDED.forEach(name -> sources.add(sourceOf(name)));
        return sources;
    }

    private static Path sourceOf(String className) {
        try {
            return sourceOf(Class.forName(className, false, WorkerFiles.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the engine's class path lacks " + className, e);
        }
    }

    private static Path sourceOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " is in no file", e);
        }
    }

    private static Optional<Path> unpack(Path driver, Path home) throws IOException {
        if (!Files.isRegularFile(driver)) {
            return Optional.empty();
        }
        String version =
                Long.toHexString(Files.getLastModifiedTime(driver).toMillis())
                        + "-"
                        + Long.toHexString(Files.size(driver));
        Path target = home.resolve("duckdb-" + version);
        if (Files.isDirectory(target)) {
            return Optional.of(target);
        }
        Path fresh = Files.createTempDirectory(home, "unpacking-");
        try (JarFile jar = new JarFile(driver.toFile())) {
            JarEntry library = jar.getJarEntry(nativeName());
            if (library == null) {
                return Optional.empty();
            }
            try (InputStream in = jar.getInputStream(library)) {
                Files.copy(in, fresh.resolve(System.mapLibraryName("duckdb_java")));
            }
            copyWithoutLibraries(jar, fresh.resolve("driver.jar"));
            moveInPlace(fresh, target);
            return Optional.of(target);
        } finally {
            deleteAll(fresh);
        }
    }

    private static void moveInPlace(Path fresh, Path target) throws IOException {
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) { // else another engine was faster, with the same
                throw e;
            }
        }
    }

    private static void copyWithoutLibraries(JarFile jar, Path target) throws IOException {
        try (OutputStream file = Files.newOutputStream(target);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (entry.isDirectory()
                        || name.startsWith(NATIVE_PREFIX)
                        || name.startsWith("META-INF/MANIFEST")) {
                    continue;
                }
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = jar.getInputStream(entry)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private static String nativeName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        return NATIVE_PREFIX
                + (system.startsWith("mac") ? "macos" : "linux")
                + (machine.equals("aarch64") || machine.equals("arm64") ? "_arm64" : "_amd64");
    }
}
