package dev.sheaf.product.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.Checked;
import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.ContractReader;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.draft.ContractDraft;
import dev.sheaf.contract.draft.SampleProfile;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

final class SampleProfilerTest {
    private static final WorkerEngine ENGINE =
            new WorkerEngine(
                    EngineConfig.in(Path.of("target", "engine-home").toAbsolutePath())
                            .withWorkers(1, 1));

    @TempDir private Path folder = Path.of("");

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private SampleProfile profile(Path file) {
        SessionSpec spec =
                new SessionSpec(
                        SessionSpec.Purpose.PUBLISH,
                        ByteSize.ofMebibytes(512),
                        2,
                        folder,
                        List.of(file),
                        List.of());
        try (EngineSession session = ENGINE.open(spec)) {
            return new SampleProfiler(session).profile(file, 20_000);
        }
    }

    /// The draft's only table; the draft must be valid and without warnings.
    private TableContract draft(Path file) {
        String yaml = ContractDraft.write(profile(file));
        Checked checked =
                ContractReader.check(
                        new Source("draft.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of(), checked.findings(), yaml);
        return ContractReader.model(checked).tables().getFirst();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static ColumnContract column(TableContract table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(table.columns().toString()));
    }

    @Test
    void findsTypesKeysEnumerationsFormatsAndPersonalData() throws IOException {
        StringBuilder csv =
                new StringBuilder("Order ID;customerEmail;Status;Amount;Day;Card;Note\n");
        for (int row = 1; row <= 200; row++) {
            csv.append(
                    String.format(
                            "%d;p%d@example.org;%s;%d.5;2024-01-%02d;4111 1111 1111 1111;%s%n",
                            row,
                            row % 50,
                            row % 3 == 0 ? "open" : "done",
                            row,
                            row % 28 + 1,
                            row % 4 == 0 ? "" : "text " + row));
        }
        TableContract table = draft(write("orders.csv", csv.toString()));
        ColumnContract id = column(table, "order_id");
        assertTrue(id.primaryKey());
        assertEquals("Order ID", id.physicalName().orElseThrow());
        assertEquals(Primitive.LONG, id.type());
        ColumnContract email = column(table, "customer_email");
        assertEquals("email", email.constraints().format().orElseThrow());
        assertEquals("pii", email.classification().orElseThrow());
        assertEquals("pii", column(table, "card").classification().orElseThrow());
        assertEquals(
                List.of("done", "open"), column(table, "status").constraints().allowedValues());
        assertEquals("0", column(table, "amount").constraints().minimum().orElseThrow());
        assertEquals(Primitive.DATE, column(table, "day").type());
        assertFalse(column(table, "note").required());
        assertEquals(1, column(table, "note").quality().size());
    }

    @Test
    void neverShowsValuesOfPersonalData() throws IOException {
        StringBuilder csv = new StringBuilder("email,age\n");
        for (int row = 0; row < 300; row++) {
            csv.append("secret").append(row % 5).append("@example.org,").append(row).append('\n');
        }
        String yaml = ContractDraft.write(profile(write("people.csv", csv.toString())));
        assertFalse(yaml.contains("secret"), yaml);
    }

    @Test
    void readsFilesWithoutAHeader() throws IOException {
        StringBuilder tsv = new StringBuilder();
        for (int row = 0; row < 50; row++) {
            tsv.append(row)
                    .append('\t')
                    .append("name ")
                    .append(row)
                    .append('\t')
                    .append("2014-06-30\n");
        }
        SampleProfile profile = profile(write("things.tsv", tsv.toString()));
        assertFalse(profile.header());
        assertEquals(3, profile.columns().size());
        assertTrue(ContractDraft.write(profile).contains("no header line"));
    }

    @Test
    void readsJsonNdjsonGzipAndNestedValues() throws IOException {
        String records =
                "{\"id\": 1, \"who\": {\"name\": \"A\"}, \"tags\": [\"x\"]}\n"
                        + "{\"id\": 2, \"tags\": []}\n";
        TableContract lines = draft(write("a.ndjson", records));
        assertEquals(3, lines.columns().size());
        draft(write("b.json", "[" + records.strip().replace("}\n{", "},{") + "]"));
        Path packed = folder.resolve("c.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("a,b\n1,x\n2,y\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(2, draft(packed).columns().size());
    }

    @Test
    void readsWhatIsDirtyAsText() throws IOException {
        StringBuilder csv = new StringBuilder("n,Straße\n");
        for (int row = 0; row < 50; row++) {
            csv.append(row).append(",Größe\n");
        }
        Path latin =
                Files.write(
                        folder.resolve("latin.csv"),
                        csv.toString().getBytes(Charset.forName("ISO-8859-1")));
        assertEquals(2, draft(latin).columns().size());
    }

    @Test
    void findsAPairThatIsTheKey() throws IOException {
        StringBuilder csv = new StringBuilder("invoice,line,amount\n");
        for (int invoice = 0; invoice < 30; invoice++) {
            for (int line = 1; line <= 3; line++) {
                csv.append(invoice).append(',').append(line).append(",1.5\n");
            }
        }
        assertEquals(
                List.of("invoice", "line"),
                draft(write("lines.csv", csv.toString())).primaryKey().stream()
                        .map(ColumnContract::name)
                        .toList());
    }

    @Test
    void saysWhatCannotBeRead() throws IOException {
        Path corrupt = write("x.parquet", "PAR1 this is not parquet");
        assertEquals(
                ProblemCode.UNREADABLE_INPUT,
                assertThrows(Problem.class, () -> profile(corrupt)).code());
        Path empty = write("x.csv", "");
        assertThrows(Problem.class, () -> SampleFile.of(empty));
        assertThrows(Problem.class, () -> SampleFile.of(folder.resolve("none.csv")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "online-retail",
                "adventureworks/data",
                "vega/data",
                "spark-flights",
            })
    void draftsFromRealFilesAreValid(String dataset) throws IOException {
        Path root = Path.of(System.getProperty("sheaf.testdata", "testdata"), "datasets", dataset);
        Assumptions.assumeTrue(Files.isDirectory(root), () -> "no test data at " + root);
        List<Path> files;
        try (java.util.stream.Stream<Path> below = Files.walk(root)) {
            files =
                    below.filter(Files::isRegularFile)
                            .filter(path -> path.toString().matches(".*\\.(csv|parquet|ndjson)"))
                            .filter(path -> path.toFile().length() < 8_000_000)
                            .sorted()
                            .limit(12)
                            .toList();
        }
        assertFalse(files.isEmpty());
        for (Path file : files) {
            if (file.toFile().length() > 0) {
                assertFalse(draft(file).columns().isEmpty(), file::toString);
            }
        }
    }

    @Test
    void checkDigitsProveThemselves() {
        assertTrue(CheckDigits.isCard("4111 1111 1111 1111"));
        assertFalse(CheckDigits.isCard("4111 1111 1111 1112"));
        assertTrue(CheckDigits.isIban("DE89 3704 0044 0532 0130 00"));
        assertFalse(CheckDigits.isIban("DE89 3704 0044 0532 0130 01"));
    }
}
