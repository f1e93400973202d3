package dev.sheaf.node;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.LocalIssuer;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.PrivateFile;
import dev.sheaf.node.identity.Scope;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Keeps a token with every right in `keys/operator.token` (mode 0600), for whoever runs the node.
/// It is renewed long before its end, so a copy of it soon counts no more.
final class OperatorToken implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorToken.class);
    private static final int RENEWALS_PER_LIFE = 3;

    private final LocalIssuer issuer;
    private final Path file;
    private final Duration lifetime;
    private final Thread thread;

    private OperatorToken(LocalIssuer issuer, Path file, Duration lifetime) {
        this.issuer = issuer;
        this.file = file;
        this.lifetime = lifetime;
        this.thread = Thread.ofVirtual().name("operator-token").unstarted(this::renew);
    }

    /// @throws Problem STORAGE_FAILED when it cannot be written
    static OperatorToken keep(LocalIssuer issuer, Path folder, Duration lifetime) {
        OperatorToken token = new OperatorToken(issuer, folder.resolve("operator.token"), lifetime);
        try {
            token.write();
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "cannot write the operator's token: " + e.getMessage(),
                    e);
        }
        token.thread.start();
        return token;
    }

    private void write() throws IOException {
        LocalIssuer.Issued issued =
                issuer.issue(
                        System.getProperty("user.name", "operator"),
                        List.of(Scope.values()),
                        List.of("operator"),
                        List.of(Principal.ALL_DOMAINS),
                        lifetime);
        PrivateFile.write(file, issued.token() + "\n");
    }

    private void renew() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(lifetime.dividedBy(RENEWALS_PER_LIFE));
                write();
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                LOG.error("the operator's token cannot be renewed; it is tried again later", e);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
