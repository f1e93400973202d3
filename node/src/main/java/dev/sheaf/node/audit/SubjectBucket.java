package dev.sheaf.node.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/// Some of the subjects' keys, in one file of records of 64 bytes: the hash by which a subject is
/// found (16), the key's name (8), the key (32), four zero bytes, and CRC-32C of those before (4).
///
/// New records stand behind the others and are synced page by page, so that a crash can leave no
/// whole record behind a broken one; the broken one was never used, and the next takes its place. A
/// forgotten record is overwritten with zeros where it stands. Not safe for several threads.
final class SubjectBucket {
    static final int INDEX_BYTES = 16;
    static final int NAME_BYTES = 8;
    static final int KEY_BYTES = 32;
    private static final int RECORD_BYTES = 64;
    private static final int CRC_AT = RECORD_BYTES - Integer.BYTES;
    private static final int PAGE_RECORDS = 4096 / RECORD_BYTES;
    private static final byte[] FORGOTTEN = new byte[RECORD_BYTES];
    private static final FileAttribute<Set<PosixFilePermission>> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /// @param index the subject's hash, in hexadecimal digits
    /// @param name of the key, in hexadecimal digits
    record Named(String index, String name, byte[] key) {}

    private record Place(int number, Named key) {}

    private final Path file;
    private final Map<String, Place> places = new HashMap<>();
    private int end;

    private SubjectBucket(Path file) {
        this.file = file;
    }

    /// @throws IOException when it cannot be read, or is damaged
    static SubjectBucket read(Path file) throws IOException {
        SubjectBucket bucket = new SubjectBucket(file);
        if (Files.exists(file)) {
            bucket.take(Files.readAllBytes(file));
        }
        return bucket;
    }

    private void take(byte[] all) throws IOException {
        int broken = -1;
        for (int number = 0; (number + 1) * RECORD_BYTES <= all.length; number++) {
            byte[] record =
                    Arrays.copyOfRange(all, number * RECORD_BYTES, (number + 1) * RECORD_BYTES);
            if (Arrays.equals(record, FORGOTTEN)) {
                continue;
            }
            if (ByteBuffer.wrap(record).getInt(CRC_AT) != crc(record)) {
                broken = broken < 0 ? number : broken;
                continue;
            }
            if (broken >= 0) {
                throw new IOException(
                        file
                                + " is damaged at byte "
                                + broken * RECORD_BYTES
                                + "; put back a copy of it");
            }
            Named key = parsed(ByteBuffer.wrap(record));
            places.put(key.index(), new Place(number, key));
            end = number + 1;
        }
    }

    private static Named parsed(ByteBuffer record) {
        String index = hex(record, INDEX_BYTES);
        String name = hex(record, NAME_BYTES);
        byte[] key = new byte[KEY_BYTES];
        record.get(key);
        return new Named(index, name, key);
    }

    private static String hex(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static int crc(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 0, CRC_AT);
        return (int) crc.getValue();
    }

    Optional<Named> find(String index) {
        return Optional.ofNullable(places.get(index)).map(Place::key);
    }

    /// Durable when it returns; what a failed write left is written over by the next.
    void add(List<Named> added) throws IOException {
        boolean isNew = !Files.exists(file);
        try (FileChannel channel =
                FileChannel.open(
                        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), MODE)) {
            channel.truncate((long) end * RECORD_BYTES);
            int done = 0;
            while (done < added.size()) {
                int room = PAGE_RECORDS - end % PAGE_RECORDS;
                List<Named> page = added.subList(done, Math.min(added.size(), done + room));
                write(channel, page);
                done += page.size();
            }
        }
        if (isNew) {
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
                folder.force(true);
            }
        }
    }

    private void write(FileChannel channel, List<Named> page) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(page.size() * RECORD_BYTES);
        page.forEach(key -> bytes.put(record(key)));
        put(channel, end, bytes.flip());
        for (Named key : page) {
            places.put(key.index(), new Place(end, key));
            end++;
        }
    }

    private static byte[] record(Named key) {
        byte[] record = new byte[RECORD_BYTES];
        ByteBuffer.wrap(record)
                .put(HexFormat.of().parseHex(key.index()))
                .put(HexFormat.of().parseHex(key.name()))
                .put(key.key());
        ByteBuffer.wrap(record).putInt(CRC_AT, crc(record));
        return record;
    }

    private static void put(FileChannel channel, int number, ByteBuffer bytes) throws IOException {
        long at = (long) number * RECORD_BYTES;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        channel.force(false);
    }

    /// Whether there was such a key; it is overwritten when this returns.
    boolean remove(String index) throws IOException {
        Place place = places.get(index);
        if (place == null) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            put(channel, place.number(), ByteBuffer.wrap(FORGOTTEN));
        }
        places.remove(index);
        return true;
    }
}
