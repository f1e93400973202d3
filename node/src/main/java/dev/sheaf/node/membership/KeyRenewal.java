package dev.sheaf.node.membership;

import dev.sheaf.kernel.Problem;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.pki.MeshKeys;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// Has the node renew its own certificates before they end, with nobody else's help. What fails is
/// logged and tried again.
public final class KeyRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRenewal.class);
    private static final Principal SELF =
            new Principal("members", "", Set.of(), Set.of(), Set.of());
    private static final int LOOKS_PER_LIFE = 24;
    private static final Duration INTERVAL_MAX = Duration.ofMinutes(15);

    private final MeshKeys keys;
    private final Duration interval;
    private final Audit audit;
    private final Thread thread;

    private KeyRenewal(MeshKeys keys, Duration interval, Audit audit) {
        this.keys = keys;
        this.interval = interval;
        this.audit = audit;
        this.thread = Thread.ofVirtual().name("key-renewal").unstarted(this::run);
    }

    /// @param linkLife of certificates for links
    public static KeyRenewal start(MeshKeys keys, Duration linkLife, Audit audit) {
        Duration share = linkLife.dividedBy(LOOKS_PER_LIFE);
        KeyRenewal renewal =
                new KeyRenewal(
                        keys, share.compareTo(INTERVAL_MAX) < 0 ? share : INTERVAL_MAX, audit);
        renewal.thread.start();
        return renewal;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(interval);
                renew();
            } catch (InterruptedException e) {
                return;
            } catch (Problem e) {
                LOG.error("certificates cannot be renewed; it is tried again", e);
            }
        }
    }

    /// Renews what is due now.
    void renew() {
        if (keys.keep()) {
            LOG.info("the certificate for links of {} was renewed", keys.member().region());
            audit.record(
                    "",
                    SELF,
                    "certificate.rotate",
                    keys.member().region().toString(),
                    Audit.Outcome.DONE,
                    Map.of());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
