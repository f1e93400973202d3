package dev.sheaf.context.runtime;

import org.jspecify.annotations.Nullable;

/// Whoever hears of transfers, if somebody does. For any thread.
final class TransferHook {
    private volatile @Nullable TransferListener listener;

    void heardBy(TransferListener hearing) {
        listener = hearing;
    }

    /// While nobody hears, nothing is measured.
    boolean isHeard() {
        return listener != null;
    }

    void ended(Transfer transfer) {
        TransferListener hearing = listener;
        if (hearing != null) {
            hearing.ended(transfer);
        }
    }
}
