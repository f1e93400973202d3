package dev.sheaf.bench.policy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// [PackCompile] in processes of its own: as any JVM starts, and with a cache of loaded classes, as
/// a node and the command line have one after their first start.
final class NewProcess {
    private static final int STARTS = 5;

    private final Path folder;
    private final String classPath;

    NewProcess() throws IOException {
        folder = Files.createTempDirectory("sheaf-bench-pack");
        classPath = classPath(folder.resolve("compile.jar"));
    }

    /// Caches need a class path of archives.
    private static String classPath(Path archive) throws IOException {
        String entry = PackCompile.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out);
                InputStream in = PackCompile.class.getClassLoader().getResourceAsStream(entry)) {
            zip.putNextEntry(new ZipEntry(entry));
            if (in == null) {
                throw new IOException(entry + " is missing");
            }
            in.transferTo(zip);
            zip.closeEntry();
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator, archive + File.pathSeparator, ""));
    }

    /// The least of some starts, in milliseconds.
    long plain() throws IOException, InterruptedException {
        return least(List.of());
    }

    /// As [#plain], with the cache.
    long cached() throws IOException, InterruptedException {
        Path cache = folder.resolve("classes.aot");
        start(List.of("-XX:AOTCacheOutput=" + cache));
        return least(List.of("-XX:AOTCache=" + cache));
    }

    private long least(List<String> options) throws IOException, InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < STARTS; i++) {
            least = Math.min(least, start(options));
        }
        return least;
    }

    private long start(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, PackCompile.class.getName()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("the pack could not be compiled: " + text);
            }
            return text.lines()
                    .filter(line -> line.matches("\\d+"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
