package dev.sheaf.product.publish;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.product.ingest.SqlText;
import dev.sheaf.product.quality.ReleaseViews;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Current releases of the lake's tables. Files of a local store are read where they are, others
/// are copied into the scratch folder first, whole.
final class LakeReleaseViews implements ReleaseViews {
    private final Lake lake;
    private final Path scratch;

    LakeReleaseViews(Lake lake, Path scratch) {
        this.lake = lake;
        this.scratch = scratch;
    }

    @Override
    public Optional<ReleaseView> current(ProductName product) {
        Optional<LakeTable> table =
                lake.table(new TableName(product.domain().value(), product.name()));
        return table.flatMap(
                found -> found.current().map(snapshot -> view(product, found, snapshot)));
    }

    private ReleaseView view(ProductName product, LakeTable table, SnapshotInfo snapshot) {
        Schema schema = table.schema(snapshot.id());
        List<Path> files = new ArrayList<>();
        for (PlannedFile file : table.plan(snapshot.id(), Expressions.alwaysTrue()).files()) {
            Optional<Path> local = Lake.localFile(file.location());
            files.add(local.orElseGet(() -> fetched(product, file, files.size())));
        }
        if (files.isEmpty()) {
            String columns =
                    schema.columns().stream()
                            .map(field ->
                                    "CAST(NULL AS "
                                            + type(field.type())
                                            + ") AS "
                                            + SqlText.name(field.name()))
                            .collect(Collectors.joining(", "));
            return new ReleaseView("SELECT " + columns + " WHERE false", files);
        }
        String paths =
                files.stream()
                        .map(path -> SqlText.text(path.toString()))
                        .collect(Collectors.joining(", "));
        String fields =
                schema.columns().stream()
                        .map(field ->
                                field.fieldId()
                                        + ": {name: "
                                        + SqlText.text(field.name())
                                        + ", type: "
                                        + SqlText.text(type(field.type()))
                                        + ", default_value: NULL}")
                        .collect(Collectors.joining(", "));
        return new ReleaseView(
                "SELECT * FROM read_parquet([" + paths + "], schema=MAP {" + fields + "})", files);
    }

    private Path fetched(ProductName product, PlannedFile file, int number) {
        Path copy =
                scratch.resolve(
                        "release-" + product.domain() + "-" + product.name() + "-" + number);
        try (InputStream in =
                lake.files().newInputFile(file.location(), file.bytes()).newStream()) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    private static String type(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP ->
                    ((Types.TimestampType) type).shouldAdjustToUTC()
                            ? "TIMESTAMP WITH TIME ZONE"
                            : "TIMESTAMP";
            case STRING -> "VARCHAR";
            case UUID -> "UUID";
            case BINARY -> "BLOB";
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            }
            case STRUCT ->
                    type.asStructType().fields().stream()
                            .map(field -> SqlText.name(field.name()) + " " + type(field.type()))
                            .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case LIST -> type(type.asListType().elementType()) + "[]";
            case MAP ->
                    "MAP("
                            + type(type.asMapType().keyType())
                            + ", "
                            + type(type.asMapType().valueType())
                            + ")";
            case FIXED, TIMESTAMP_NANO, VARIANT, GEOMETRY, GEOGRAPHY, UNKNOWN ->
                    throw new IllegalArgumentException(type + " is no type of a contract");
        };
    }
}
