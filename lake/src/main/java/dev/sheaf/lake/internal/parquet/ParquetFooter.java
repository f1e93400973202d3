package dev.sheaf.lake.internal.parquet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The footer of a Parquet file (https://parquet.apache.org/docs/file-format/metadata/), as far as
/// it says where things are.
///
/// @param rowGroups in file order
public record ParquetFooter(List<Group> rowGroups) {
    /// Length of the footer (4 bytes, little-endian) and the magic number.
    public static final int TRAILER_BYTES = 8;

    /// For files that do not state a Bloom filter's length.
    private static final long BLOOM_BYTES_GUESSED = 64L << 10;

    private static final int MAGIC = 0x31524150; // "PAR1", little-endian

    public ParquetFooter {
        rowGroups = List.copyOf(rowGroups);
    }

    /// @param start the offset of its first byte
    /// @param chunks of its leaf columns, in schema order
    public record Group(long rows, long start, List<Chunk> chunks) {
        public Group {
            chunks = List.copyOf(chunks);
        }
    }

    /// A leaf column's part of a row group.
    ///
    /// @param rootId the field id of the top-level column it belongs to, empty when it has none
    /// @param rootName that column's name in the file
    /// @param topLevel whether the leaf is that column itself
    /// @param bigEndian whether its plain encoding of numbers is big-endian bytes
    /// @param offset of its first page, dictionary included
    /// @param bloom where its Bloom filter lies, empty when it has none
    /// @param statistics empty when there are none that can be trusted
    public record Chunk(
            Optional<Integer> rootId,
            String rootName,
            boolean topLevel,
            boolean bigEndian,
            long offset,
            long length,
            long values,
            Optional<Extent> bloom,
            Optional<Range> statistics) {}

    /// Bytes of the file.
    public record Extent(long offset, long length) {}

    /// Least and greatest value in Parquet's plain encoding; empty when not stated exactly.
    public record Range(long nulls, Optional<byte[]> least, Optional<byte[]> greatest) {}

    /// How many bytes before the end of the file the footer begins, trailer included.
    ///
    /// @param trailer the last [#TRAILER_BYTES] bytes of the file
    /// @throws IOException when it is not that of a Parquet file
    public static int lengthFromEnd(byte[] trailer) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN);
        int length = buffer.getInt();
        if (buffer.getInt() != MAGIC || length < 0) {
            throw new IOException("not a Parquet file: it does not end with PAR1");
        }
        return Math.addExact(length, TRAILER_BYTES);
    }

    /// @param footer the bytes between the last page and the trailer, without the trailer
    public static ParquetFooter parse(byte[] footer) throws IOException {
        FileMetaData file = Util.readFileMetaData(new ByteArrayInputStream(footer));
        List<Leaf> leaves = Leaf.of(file.getSchema());
        List<Group> groups = new ArrayList<>();
        for (RowGroup group : file.getRow_groups()) {
            List<Chunk> chunks = new ArrayList<>();
            for (int i = 0; i < leaves.size(); i++) {
                chunks.add(chunk(leaves.get(i), group.getColumns().get(i)));
            }
            long start = chunks.stream().mapToLong(Chunk::offset).min().orElse(0);
            groups.add(new Group(group.getNum_rows(), start, chunks));
        }
        return new ParquetFooter(groups);
    }

    /// Reads a local file's footer.
    public static ParquetFooter read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            int length = lengthFromEnd(read(channel, size - TRAILER_BYTES, TRAILER_BYTES));
            return parse(read(channel, size - length, length - TRAILER_BYTES));
        }
    }

    private static byte[] read(FileChannel channel, long position, int length) throws IOException {
        if (position < 0) {
            throw new IOException("not a Parquet file: it is too short");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file ends early");
            }
        }
        return buffer.array();
    }

    private static Chunk chunk(Leaf leaf, ColumnChunk chunk) {
        ColumnMetaData data = chunk.getMeta_data();
        long offset = data.getData_page_offset();
        if (data.isSetDictionary_page_offset() && data.getDictionary_page_offset() > 0) {
            offset = Math.min(offset, data.getDictionary_page_offset());
        }
        return new Chunk(
                leaf.rootId(),
                leaf.rootName(),
                leaf.topLevel(),
                data.getType() == Type.FIXED_LEN_BYTE_ARRAY || data.getType() == Type.BYTE_ARRAY,
                offset,
                data.getTotal_compressed_size(),
                data.getNum_values(),
                data.isSetBloom_filter_offset()
                        ? Optional.of(
                                new Extent(
                                        data.getBloom_filter_offset(),
                                        data.isSetBloom_filter_length()
                                                ? data.getBloom_filter_length()
                                                : BLOOM_BYTES_GUESSED))
                        : Optional.empty(),
                Optional.ofNullable(data.getStatistics()).flatMap(ParquetFooter::range));
    }

    /// The older `min` and `max` are left aside: their order was never defined well.
    private static Optional<Range> range(Statistics statistics) {
        if (!statistics.isSetNull_count()) {
            return Optional.empty();
        }
        return Optional.of(
                new Range(
                        statistics.getNull_count(),
                        Optional.ofNullable(statistics.getMin_value()),
                        Optional.ofNullable(statistics.getMax_value())));
    }

    /// A leaf of the schema tree, which the footer lists depth first.
    private record Leaf(Optional<Integer> rootId, String rootName, boolean topLevel) {
        static List<Leaf> of(List<SchemaElement> schema) throws IOException {
            List<Leaf> leaves = new ArrayList<>();
            int next = 1;
            for (int i = 0; i < schema.getFirst().getNum_children(); i++) {
                SchemaElement root = schema.get(next);
                next = collect(schema, next, root, leaves);
            }
            return leaves;
        }

        private static int collect(
                List<SchemaElement> schema, int index, SchemaElement root, List<Leaf> leaves)
                throws IOException {
            if (index >= schema.size()) {
                throw new IOException("the footer's schema is not a tree");
            }
            SchemaElement element = schema.get(index);
            int next = index + 1;
            if (element.getNum_children() == 0) {
                leaves.add(
                        new Leaf(
                                root.isSetField_id()
                                        ? Optional.of(root.getField_id())
                                        : Optional.empty(),
                                root.getName(),
                                element == root));
            }
            for (int i = 0; i < element.getNum_children(); i++) {
                next = collect(schema, next, root, leaves);
            }
            return next;
        }
    }
}
