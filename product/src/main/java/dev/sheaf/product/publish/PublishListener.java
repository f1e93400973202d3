package dev.sheaf.product.publish;

/// Hears how a publish goes. Called on the publishing thread at the beginning of each phase and
/// from another thread in between; must return quickly.
@FunctionalInterface
public interface PublishListener {
    PublishListener SILENT = progress -> {};

    void progress(Progress progress);

    /// @param runId of the publish
    /// @param fraction of the phase, 0..1, or negative when it is not known
    /// @param rows records read so far
    /// @param bytes input bytes of the whole publish, as far as known
    record Progress(String runId, Phase phase, double fraction, long rows, long bytes) {}
}
