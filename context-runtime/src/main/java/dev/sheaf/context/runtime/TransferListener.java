package dev.sheaf.context.runtime;

/// Hears of transfers. Called by the threads that own shards: it must neither block nor throw.
@FunctionalInterface
public interface TransferListener {
    void ended(Transfer transfer);
}
