package dev.sheaf.context.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictTrainer;

import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What batches of one context type have in common, so that small ones compress as well as large
/// ones. Its id is the CRC-32C of its bytes, never 0.
public record CompressionDictionary(int id, byte[] bytes) {
    /// The least number of samples that training is tried with.
    public static final int SAMPLES_MIN = 64;

    private static final int DICTIONARY_BYTES_MIN = 16 * 1024;
    private static final int DICTIONARY_BYTES_MAX = 64 * 1024;

    /// How much more there must be to learn from than a dictionary takes.
    private static final int SAMPLES_RATIO = 8;

    public CompressionDictionary {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    public static CompressionDictionary of(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        int id = (int) checksum.getValue();
        return new CompressionDictionary(id == 0 ? 1 : id, bytes);
    }

    /// Learns from bodies of batches; empty when they are too few or have nothing in common.
    public static Optional<CompressionDictionary> train(List<byte[]> bodies) {
        if (bodies.size() < SAMPLES_MIN) {
            return Optional.empty();
        }
        int total = bodies.stream().mapToInt(body -> body.length).sum();
        int bytes = Math.clamp(total / SAMPLES_RATIO, DICTIONARY_BYTES_MIN, DICTIONARY_BYTES_MAX);
        ZstdDictTrainer trainer = new ZstdDictTrainer(Math.max(total, bytes), bytes);
        bodies.forEach(trainer::addSample);
        try {
            byte[] trained = trainer.trainSamples();
            return Zstd.isError(trained.length) ? Optional.empty() : Optional.of(of(trained));
        } catch (com.github.luben.zstd.ZstdException tooLittle) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompressionDictionary dictionary
                && id == dictionary.id
                && java.util.Arrays.equals(bytes, dictionary.bytes);
    }

    @Override
    public int hashCode() {
        return id;
    }
}
