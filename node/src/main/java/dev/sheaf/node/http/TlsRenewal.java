package dev.sheaf.node.http;

import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

/// Takes up a renewed certificate without a restart: looks at the files once a minute. Files that
/// cannot be used leave the old certificate in place, and the log says why.
final class TlsRenewal extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(TlsRenewal.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final HttpSettings.Tls tls;
    private final SslContextFactory.Server context;
    private final Thread thread;

    TlsRenewal(HttpSettings.Tls tls, SslContextFactory.Server context) {
        this.tls = tls;
        this.context = context;
        this.thread = Thread.ofVirtual().name("tls-renewal").unstarted(this::watch);
    }

    @Override
    protected void doStart() {
        thread.start();
    }

    @Override
    protected void doStop() {
        thread.interrupt();
    }

    private void watch() {
        List<FileTime> seen = times();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                return;
            }
            List<FileTime> now = times();
            if (!now.equals(seen)) {
                seen = now;
                renew();
            }
        }
    }

    private void renew() {
        try {
            context.setKeyStore(PemKeyStore.read(tls));
            context.reload(_ -> {});
            LOG.info("the certificate {} was renewed", tls.certificates());
        } catch (Exception e) {
            LOG.error(
                    "the certificate {} cannot be used; the old one stays", tls.certificates(), e);
        }
    }

    private List<FileTime> times() {
        try {
            return List.of(
                    Files.getLastModifiedTime(tls.certificates()),
                    Files.getLastModifiedTime(tls.key()));
        } catch (IOException e) {
            LOG.warn("the certificate's files cannot be looked at", e);
            return List.of();
        }
    }
}
