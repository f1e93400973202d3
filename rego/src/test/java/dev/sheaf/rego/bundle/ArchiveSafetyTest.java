package dev.sheaf.rego.bundle;

import static dev.sheaf.rego.bundle.Refusals.assertRefused;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Archives that are damaged, or made to do harm.
class ArchiveSafetyTest {
    private static final int SEED = 20261120;
    private static final ArchiveLimits SMALL = new ArchiveLimits(3, 1_000, 10_000, 200);

    private static void assertTooLarge(RawArchive archive, ArchiveLimits limits, String... parts) {
        byte[] bytes = archive.bytes();
        ReadOptions options = ReadOptions.DEFAULT.withLimits(limits);
        assertRefused(ProblemCode.LIMIT_EXCEEDED, () -> RawArchive.read(bytes, options), parts);
    }

    @Test
    void refusesNamesThatLeadOutOfTheBundle() {
        for (String name : List.of("../a.rego", "a/../../b.rego", "..", "a/..", "./../x")) {
            assertRefused(
                    ProblemCode.UNREADABLE_INPUT,
                    new RawArchive().file(name, "package a")::read,
                    "leads out");
        }
        assertRefused(
                ProblemCode.UNREADABLE_INPUT, new RawArchive().folder("../x/")::read, "leads out");
    }

    @Test
    void refusesLongNamesThatLeadOutOfTheBundle() {
        RawArchive pax =
                new RawArchive()
                        .entry("x", 'x', PaxRecords.write("path", "../evil.rego"), "")
                        .file("good.rego", "package a\n");
        assertRefused(ProblemCode.UNREADABLE_INPUT, pax::read, "../evil.rego", "leads out");
    }

    @Test
    void refusesAbsoluteNames() {
        for (String name : List.of("/etc/passwd", "//data.json", "C:/a.rego", "c:a.rego")) {
            assertRefused(
                    ProblemCode.UNREADABLE_INPUT,
                    new RawArchive().file("data.json", "{}").file(name, "x")::read,
                    "absolute");
        }
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                new RawArchive().file("/a.rego", "package a\n")::read,
                "absolute");
    }

    @Test
    void readsBundlesWhoseNamesAllBeginWithASlashAsOpaWritesThem() throws IOException {
        Bundle bundle =
                new RawArchive()
                        .file("/data.json", "{\"x\": 1}")
                        .file("/a/p.rego", "package a\n")
                        .file("/.manifest", "{\"revision\": \"r\"}")
                        .read();
        assertEquals("a/p.rego", bundle.modules().getFirst().file());
        assertEquals("r", bundle.manifest().revision());
    }

    @Test
    void refusesNamesThatSystemsReadDifferently() {
        for (String name : List.of("a\\b.rego", "a\tb", "a//b", "a/./b", "a\u0007")) {
            assertRefused(
                    ProblemCode.UNREADABLE_INPUT, new RawArchive().file(name, "x")::read, "name");
        }
        assertRefused(
                ProblemCode.UNREADABLE_INPUT, new RawArchive().file("", "x")::read, "no name");
    }

    @Test
    void refusesLinksAndDevices() {
        for (char type : List.of('1', '2')) {
            assertRefused(
                    ProblemCode.UNREADABLE_INPUT,
                    new RawArchive().link("data.json", type, "/etc/passwd")::read,
                    "data.json",
                    "link");
        }
        for (char type : List.of('3', '4', '6', 'S', 'Z')) {
            assertRefused(
                    ProblemCode.UNREADABLE_INPUT,
                    new RawArchive().link("thing", type, "")::read,
                    "thing",
                    "neither");
        }
    }

    @Test
    void refusesEntriesThatAreThereTwice() {
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                new RawArchive().file("a.rego", "package a\n").file("./a.rego", "package b\n")
                        ::read,
                "a.rego",
                "twice");
    }

    @Test
    void stopsAtTooManyEntries() {
        RawArchive archive = new RawArchive();
        for (int i = 0; i < 4; i++) {
            archive.folder("f" + i + "/");
        }
        assertTooLarge(archive, SMALL, "entries", "3");
    }

    @Test
    void stopsAtAFileThatIsTooLarge() {
        assertTooLarge(
                new RawArchive().file("a.txt", "x".repeat(1_001)), SMALL, "a.txt", "1001", "1000");
        assertTooLarge(new RawArchive().header("a.txt", '0', 1L << 32, ""), SMALL, "4294967296");
        byte[] size = PaxRecords.write("size", "99999999999");
        assertTooLarge(
                new RawArchive().entry("x", 'x', size, "").file("a.txt", "x"),
                SMALL,
                "99999999999");
    }

    @Test
    void stopsAtTooManyBytes() {
        RawArchive archive = new RawArchive();
        for (int i = 0; i < 20; i++) {
            archive.file(i + ".txt", "x".repeat(900));
        }
        assertTooLarge(archive, new ArchiveLimits(100, 1_000, 10_000, 200), "unpacks", "10000");
    }

    @Test
    void stopsAtBytesThatWerePackedTooSmall() {
        RawArchive bomb = new RawArchive().file("a.txt", "\0".repeat(40 << 20));
        assertTooLarge(bomb, ArchiveLimits.DEFAULT, "unpacks", "200 unpacked");
    }

    @Test
    void stopsAtBytesBehindTheEnd() {
        RawArchive archive = new RawArchive().file("a.txt", "");
        archive.content(new byte[64 << 20]);
        assertTooLarge(archive, ArchiveLimits.DEFAULT, "unpacks");
    }

    @Test
    void refusesExtraHeadersThatAreTooLongOrDamaged() {
        assertTooLarge(
                new RawArchive().entry("x", 'x', new byte[1 << 20], "").file("a", ""),
                ArchiveLimits.DEFAULT,
                "header");
        for (String record :
                List.of("x", "99 path=a\n", "8 path=a\n", "8 =abcd\n", "5 abc", "-1 a=b\n")) {
            assertRefused(
                    ProblemCode.UNREADABLE_INPUT,
                    new RawArchive().entry("x", 'x', record.getBytes(), "").file("a", "")::read,
                    "extended header");
        }
    }

    @Test
    void refusesWhatIsNoGzip() {
        for (byte[] bytes : List.of(new byte[0], "text".getBytes(), new byte[100])) {
            assertRefused(
                    ProblemCode.UNREADABLE_INPUT,
                    () -> RawArchive.read(bytes, ReadOptions.DEFAULT),
                    "cannot be read");
        }
    }

    @Test
    void refusesEveryArchiveThatEndsEarly() {
        byte[] whole =
                new RawArchive().file("a.rego", "package a\n").file("data.json", "{}").bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertRefused(
                    ProblemCode.UNREADABLE_INPUT,
                    () -> RawArchive.read(part, ReadOptions.DEFAULT),
                    "cannot be read");
        }
    }

    @Test
    void refusesArchivesWithoutTheirEndMark() {
        byte[] bytes = new RawArchive().file("a.rego", "package a\n").withoutEnd();
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                () -> RawArchive.read(bytes, ReadOptions.DEFAULT),
                "end mark");
    }

    @Test
    void refusesHeadersThatWereChanged() {
        RawArchive archive = new RawArchive().file("a.rego", "package a\n");
        for (int at : List.of(0, 101, 124, 148, 156, 257, 400)) {
            assertRefused(
                    ProblemCode.UNREADABLE_INPUT,
                    () -> RawArchive.read(archive.damagedAt(at), ReadOptions.DEFAULT),
                    "header");
        }
    }

    @Test
    void refusesGzipWhoseContentWasChanged() throws IOException {
        byte[] whole = new RawArchive().file("a.rego", "package a\n").bytes();
        whole[whole.length - 6] ^= 1;
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                () -> RawArchive.read(whole, ReadOptions.DEFAULT),
                "gzip");
    }

    @Test
    void refusesOrReadsWhateverWasChangedAnywhere() throws IOException {
        RawArchive archive =
                new RawArchive()
                        .file(".manifest", "{\"roots\": [\"a\"], \"rego_version\": 1}")
                        .entry("x", 'x', PaxRecords.write("path", "a/long.rego"), "")
                        .file("cut", "package a\n\np if input.x\n")
                        .file("a/data.yaml", "limits: [1, 2]\n");
        Random random = new Random(SEED);
        int refused = 0;
        for (int round = 0; round < 3_000; round++) {
            byte[] changed = archive.withChanges(random, 1 + round % 5);
            try {
                RawArchive.read(changed, ReadOptions.DEFAULT);
            } catch (Problem expected) {
                refused++;
            }
        }
        assertTrue(refused > 1_000, refused + " with the seed " + SEED);
    }

    @Test
    void passesOnFaultsOfTheStream() {
        IOException gone = new IOException("gone");
        InputStream failing =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw gone;
                    }
                };
        byte[] start = Arrays.copyOf(new RawArchive().file("a", "b").bytes(), 20);
        InputStream in = new SequenceInputStream(new ByteArrayInputStream(start), failing);
        assertSame(
                gone, assertThrows(IOException.class, () -> Bundle.read(in, ReadOptions.DEFAULT)));
    }
}
