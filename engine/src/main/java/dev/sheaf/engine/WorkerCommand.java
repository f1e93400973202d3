package dev.sheaf.engine;

import dev.sheaf.engine.internal.worker.Functions;
import dev.sheaf.kernel.ByteSize;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The command line of a worker: a small JVM started by a shell that first limits its own address
/// space, so that the limit holds from the first instruction on.
final class WorkerCommand {
    private static final int EXIT_NO_LIMIT = 97;
    private static final int KIBIBYTE = 1024;

    /// Limits, then frames on descriptor 3 while descriptor 1 becomes standard error. Only Linux
    /// can limit addresses; elsewhere a worker runs without.
    private static final String SCRIPT =
            "ulimit -c 0; if [ \"$(uname)\" = Linux ]; then ulimit -v \"$1\" || exit "
                    + EXIT_NO_LIMIT
                    + "; fi; shift; exec \"$@\" 3>&1 1>&2";

    private static final List<String> JVM =
            List.of(
                    "-Xms8m",
                    "-Xmx96m",
                    "-Xss512k",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:ReservedCodeCacheSize=24m",
                    "-XX:CompressedClassSpaceSize=32m",
                    "-XX:MaxMetaspaceSize=96m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:-UsePerfData",
                    "-Xshare:auto",
                    "-Dfile.encoding=UTF-8",
                    "-Duser.timezone=UTC",
                    "-Dio.netty.tryReflectionSetAccessible=true",
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private WorkerCommand() {}

    static ProcessBuilder of(WorkerFiles files, Path folder, ByteSize addressSpaceMax) {
        List<String> command = new ArrayList<>();
        command.add("/bin/sh");
        command.add("-c");
        command.add(SCRIPT);
        command.add("sheaf-worker");
        command.add(Long.toString(addressSpaceMax.bytes() / KIBIBYTE));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
        command.add("-Djava.io.tmpdir=" + folder);
        files.nativeLibraries().ifPresent(path -> command.add("-Djava.library.path=" + path));
        command.add(
                "-D"
                        + Functions.PROPERTY
                        + "="
                        + files.functions().stream()
                                .map(function ->
                                        function.name()
                                                + "/"
                                                + function.parameters()
                                                + "/"
                                                + function.type().getName())
                                .collect(Collectors.joining(",")));
        command.add("-cp");
        command.add(
                files.classPath().stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        command.add("dev.sheaf.engine.internal.worker.WorkerMain");
        command.add("/dev/fd/3");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear(); // a worker inherits no credentials
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TZ", "UTC");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return builder;
    }
}
