package dev.sheaf.rego.bundle;

/// How much is read from an archive before it is refused, so that a small one cannot fill the
/// memory.
///
/// @param entriesMax files, folders and extra headers
/// @param bytesPerFileMax of one unpacked file
/// @param bytesTotalMax of everything unpacked, with the archive's own headers
/// @param ratioMax how many times as large as packed the unpacked bytes may be; of no concern up to
///   1 MiB
public record ArchiveLimits(
        int entriesMax, long bytesPerFileMax, long bytesTotalMax, int ratioMax) {
    /// 10,000 entries, 64 MiB a file, 256 MiB together, a ratio of 200.
    public static final ArchiveLimits DEFAULT =
            new ArchiveLimits(10_000, 64L << 20, 256L << 20, 200);

    /// @throws IllegalArgumentException when one is not positive, or a file could not be held
    public ArchiveLimits {
        if (entriesMax < 1 || bytesPerFileMax < 1 || bytesTotalMax < 1 || ratioMax < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
        if (bytesPerFileMax > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("a file has less than 2 GiB");
        }
    }
}
