package dev.sheaf.cli.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Each JDK here is a folder with a `release` file and a `java` that prints how it was called;
/// Maven is a script that lays down a jar. The path holds a blank on purpose.
final class LauncherTest {
    private record Result(int status, String out, String err) {}

    @TempDir private Path temporary = Path.of("");
    private Path checkout = Path.of("");
    private Path tools = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeACheckoutAndTools() throws IOException {
        Path repository = Path.of(System.getProperty("sheaf.repo", ".."));
        checkout = Files.createDirectories(temporary.resolve("a check out"));
        Files.copy(repository.resolve("sheaf"), checkout.resolve("sheaf"));
        Files.createDirectories(checkout.resolve("bin"));
        Files.copy(
                repository.resolve("bin/launcher-build"), checkout.resolve("bin/launcher-build"));
        Files.createDirectories(checkout.resolve("dist"));
        Files.createDirectories(checkout.resolve("cli/src/main/java"));
        Files.writeString(checkout.resolve("cli/pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("cli/src/main/java/A.java"), "class A {}");
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        tools = Files.createDirectories(temporary.resolve("tools"));
        script(
                tools.resolve("mvn"),
                """
                echo "mvn $JAVA_HOME" >> "$CALLS"
                sleep "${MVN_SLEEP:-0}"
                if [ -n "$MVN_FAILS" ]; then echo '[ERROR] it does not compile'; exit 1; fi
                echo '[INFO] Building sheaf-kernel 0.1.0-SNAPSHOT                                        [2/11]'
                mkdir -p dist/target/sheaf/lib/cli && echo jar > dist/target/sheaf/lib/cli/sheaf-cli.jar
                """);
        environment.put("CALLS", temporary.resolve("calls").toString());
        environment.put("HOME", temporary.toString());
        environment.put("PATH", tools + ":/usr/bin:/bin");
        environment.put("SHEAF_JDK_FOLDERS", temporary.resolve("jvm").toString());
    }

    @Test
    void aJdkInJavaHomeIsTakenWhenItIsNewEnough() throws Exception {
        environment.put("JAVA_HOME", jdk("mine", "25.0.1").toString());
        jdk("jvm/other", "26");
        Result result = run("--version");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("java of mine"), result.out());
    }

    @Test
    void anOldJavaHomeIsPassedOverForOneInTheUsualFolders() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        jdk("jvm/jdk-21", "21.0.2");
        jdk("jvm/jdk-25", "25");
        assertTrue(run().out().contains("java of jdk-25"));
    }

    @Test
    void aJdkOnThePathIsFoundThroughSymbolicLinks() throws Exception {
        Path jdk = jdk("somewhere/jdk-25", "25.0.3");
        Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));
        assertTrue(run().out().contains("java of jdk-25"));
    }

    @Test
    void withoutAReleaseFileTheJavaItselfIsAsked() throws Exception {
        Path jdk = jdk("jvm/odd", "25");
        Files.delete(jdk.resolve("release"));
        assertTrue(run().out().contains("java of odd"));
        Path ancient = jdk("ancient", "1.8.0_392");
        Files.delete(ancient.resolve("release"));
        environment.put("SHEAF_JAVA_HOME", ancient.toString());
        Result result = run();
        assertEquals(2, result.status());
        assertTrue(result.err().contains("Java 8 in"), result.err());
    }

    @Test
    void whatIsMissingAndHowToGetItIsSaid() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        Result result = run("--version");
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("error: Sheaf needs a JDK of version 25"), result.err());
        assertTrue(result.err().contains("Java 17 in"), result.err());
        assertTrue(result.err().contains("apt-get install temurin-25-jdk"), result.err());
        assertEquals("", result.out());
    }

    @Test
    void aRuntimeWithoutCompilerCannotBuild() throws Exception {
        Path runtime = jdk("jvm/jre", "25");
        Files.delete(runtime.resolve("bin/javac"));
        Result result = run();
        assertEquals(2, result.status());
        assertTrue(result.err().contains("without compiler"), result.err());
    }

    @Test
    void aMissingMavenIsNamed() throws Exception {
        jdk("jvm/jdk-25", "25");
        Files.delete(tools.resolve("mvn"));
        for (String needed :
                List.of("bash", "sleep", "mkdir", "mv", "rm", "readlink", "stty", "env")) {
            link(needed);
        }
        environment.put("PATH", tools.toString());
        Result result = run();
        assertEquals(2, result.status());
        assertTrue(result.err().contains("needs Maven 3.8.7"), result.err());
    }

    @Test
    void theFirstCallBuildsAndShowsModulesAndTheNextDoesNot() throws Exception {
        jdk("jvm/jdk-25", "25");
        Result first = run("products", "--json");
        assertEquals(0, first.status(), first.err());
        assertTrue(first.err().contains("kernel (2/11)"), first.err());
        assertTrue(first.out().contains("products --json"), first.out());
        assertFalse(first.out().contains("kernel"), "standard output is the command's alone");
        Result second = run("products");
        assertEquals("", second.err());
        assertEquals(1, builds());
    }

    @Test
    void aChangedSourceIsBuiltAgainAndAChangedTestIsNot() throws Exception {
        jdk("jvm/jdk-25", "25");
        run();
        Thread.sleep(20);
        Files.createDirectories(checkout.resolve("cli/src/test/java"));
        Files.writeString(checkout.resolve("cli/src/test/java/T.java"), "class T {}");
        run();
        assertEquals(1, builds());
        Files.writeString(checkout.resolve("cli/src/main/java/A.java"), "class A { }");
        assertTrue(run().err().contains("building Sheaf again"));
        Thread.sleep(20);
        Files.delete(checkout.resolve("cli/src/main/java/A.java"));
        run();
        assertEquals(3, builds(), "a removed source is a change, too");
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        jdk("jvm/jdk-25", "25");
        environment.put("MVN_SLEEP", "1.5");
        Process one = start("one");
        Process two = start("two");
        assertTrue(result(one).out().contains("one"));
        Result second = result(two);
        assertTrue(second.out().contains("two"), second.err());
        assertEquals(1, builds());
    }

    @Test
    void aLockWhoseOwnerIsGoneIsTakenOver() throws Exception {
        jdk("jvm/jdk-25", "25");
        Path lock = checkout.resolve("dist/target/launcher-build.lock");
        Files.createDirectories(lock);
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
        assertEquals(0, run().status());
        assertFalse(Files.exists(lock));
    }

    @Test
    void aFailedBuildSaysWhyAndIsTriedAgain() throws Exception {
        jdk("jvm/jdk-25", "25");
        environment.put("MVN_FAILS", "yes");
        Result result = run();
        assertEquals(2, result.status());
        assertTrue(result.err().contains("it does not compile"), result.err());
        assertTrue(result.err().contains("launcher-build.log"), result.err());
        environment.remove("MVN_FAILS");
        assertEquals(0, run().status());
    }

    @Test
    void itWorksThroughALinkFromAnyFolder() throws Exception {
        jdk("jvm/jdk-25", "25");
        Path link = temporary.resolve("link to sheaf");
        Files.createSymbolicLink(link, Path.of("a check out/sheaf"));
        ProcessBuilder builder = new ProcessBuilder(link.toString(), "a b", "*");
        builder.directory(Path.of("/").toFile());
        Result result = result(start(builder));
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("argument: a b\nargument: *"), result.out());
    }

    @Test
    void anInstallationWithoutSourcesNeedsNoMaven() throws Exception {
        jdk("jvm/jdk-25", "25");
        Path installed = Files.createDirectories(temporary.resolve("opt"));
        Files.copy(checkout.resolve("sheaf"), installed.resolve("sheaf"));
        Files.createDirectories(installed.resolve("lib/cli"));
        Files.writeString(installed.resolve("lib/cli/sheaf-cli.jar"), "jar");
        Files.delete(tools.resolve("mvn"));
        Result result = result(start(new ProcessBuilder(installed.resolve("sheaf").toString())));
        assertEquals(0, result.status(), result.err());
    }

    @Test
    void theStartCacheIsMadeOncePerBuildAndJdk() throws Exception {
        jdk("jvm/jdk-25", "25");
        run();
        run();
        assertEquals(1, caches());
        Thread.sleep(20);
        Files.writeString(checkout.resolve("pom.xml"), "<project></project>");
        run();
        assertEquals(2, caches(), "a new build makes a new cache");
        environment.put("SHEAF_JAVA_HOME", jdk("another", "26").toString());
        run();
        run();
        assertEquals(3, caches(), "another JDK makes a new cache");
    }

    @Test
    void aCheckoutThatCannotBeWrittenSaysSo() throws Exception {
        Assumptions.assumeFalse(
                "root".equals(System.getProperty("user.name")), "root may write everywhere");
        jdk("jvm/jdk-25", "25");
        assertTrue(checkout.resolve("dist").toFile().setWritable(false));
        Result result = run();
        assertEquals(2, result.status());
        assertTrue(result.err().contains("cannot be written to"), result.err());
    }

    @Test
    void nothingIsBuiltWhenBuildingIsForbidden() throws Exception {
        jdk("jvm/jdk-25", "25");
        environment.put("SHEAF_BUILD", "never");
        Result result = run();
        assertEquals(2, result.status());
        assertTrue(result.err().contains("SHEAF_BUILD"), result.err());
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(temporary.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        script(
                home.resolve("bin/java"),
                """
                case "$*" in
                    -version) echo 'openjdk version "VERSION" 2026-01-01' >&2; exit 0 ;;
                    *AOTCacheOutput=*) echo cache >> "$CALLS"
                        for argument in "$@"; do
                            case $argument in -XX:AOTCacheOutput=*) echo made > "${argument#*=}" ;; esac
                        done
                        exit 0 ;;
                esac
                echo "java of NAME: $*"
                while [ "$1" != dev.sheaf.cli.Main ]; do shift; done
                shift
                for argument in "$@"; do echo "argument: $argument"; done
                """
                        .replace("VERSION", version)
                        .replace("NAME", String.valueOf(home.getFileName())));
        script(home.resolve("bin/javac"), "exit 0\n");
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        assertTrue(file.toFile().setExecutable(true));
    }

    private void link(String tool) throws IOException {
        for (String folder : List.of("/bin", "/usr/bin")) {
            Path found = Path.of(folder, tool);
            if (Files.exists(found) && !Files.exists(tools.resolve(tool))) {
                script(tools.resolve(tool), "exec " + found + " \"$@\"\n");
            }
        }
    }

    private long builds() throws IOException {
        return calls("mvn");
    }

    private long caches() throws IOException {
        return calls("cache");
    }

    private long calls(String word) throws IOException {
        Path calls = temporary.resolve("calls");
        if (!Files.exists(calls)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(calls)) {
            return lines.filter(line -> line.startsWith(word)).count();
        }
    }

    private Result run(String... arguments) throws Exception {
        return result(start(arguments));
    }

    private Process start(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = checkout.resolve("sheaf").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return start(new ProcessBuilder(command));
    }

    private Process start(ProcessBuilder builder) throws IOException {
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.start();
    }

    private static Result result(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Result(process.exitValue(), out, err);
    }
}
