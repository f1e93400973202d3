package dev.sheaf.governance.audit.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A disk whose syncs wait while somebody holds it.
final class HeldDisk extends AuditDisk {
    private volatile CountDownLatch held = new CountDownLatch(0);

    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    @Override
    FileChannel open(Path file, OpenOption... options) throws IOException {
        return new ForwardingChannel(super.open(file, options)) {
            @Override
            public void force(boolean metaData) throws IOException {
                try {
                    held.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                super.force(metaData);
            }
        };
    }
}
