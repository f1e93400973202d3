package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.pki.Credential;
import dev.sheaf.node.pki.MeshMember;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Sits between a node that dials and the one it dials, shows each the other's certificate, which
/// only whoever holds a mesh's root can have, and keeps everything that passes, decrypted.
public final class WireTap implements AutoCloseable {
    private static final Duration CERTIFICATE_LIFE = Duration.ofHours(24);
    private static final String[] PROTOCOLS = {"h2"};
    private static final char[] NO_PASSWORD = {};

    private final SSLServerSocket listener;
    private final SSLContext towardDialed;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Recording> recordings = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /// What one side of a connection sent.
    private static final class Recording extends ByteArrayOutputStream {
        private synchronized WirePlaintext plaintext() {
            return WirePlaintext.of(toByteArray());
        }
    }

    /// @param authority the folder of the mesh's authority for development
    /// @param dialer the region whose node dials here
    /// @param dialed the region at the other end
    /// @param target its port for links
    public WireTap(Path authority, String mesh, RegionName dialer, RegionName dialed, int target)
            throws IOException, GeneralSecurityException {
        this.target = target;
        this.towardDialed = context(authority, new MeshMember(mesh, dialer));
        this.listener =
                (SSLServerSocket)
                        context(authority, new MeshMember(mesh, dialed))
                                .getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setNeedClientAuth(true);
        SSLParameters parameters = listener.getSSLParameters();
        parameters.setApplicationProtocols(PROTOCOLS);
        listener.setSSLParameters(parameters);
        Thread.ofVirtual().name("tap").start(this::accept);
    }

    /// To be dialed in the place of the other end's.
    public int port() {
        return listener.getLocalPort();
    }

    /// All that has passed so far, one for each side of each connection.
    public List<WirePlaintext> plaintexts() {
        List<WirePlaintext> all = new ArrayList<>();
        recordings.forEach(recording -> all.add(recording.plaintext()));
        return all;
    }

    private void accept() {
        while (!closed) {
            try {
                SSLSocket near = (SSLSocket) listener.accept();
                sockets.add(near);
                Thread.ofVirtual().name("tapped").start(() -> connect(near));
            } catch (IOException e) {
                closed = true;
            }
        }
    }

    private void connect(SSLSocket near) {
        try {
            near.startHandshake();
            SSLSocket far =
                    (SSLSocket)
                            towardDialed
                                    .getSocketFactory()
                                    .createSocket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            SSLParameters parameters = far.getSSLParameters();
            parameters.setApplicationProtocols(PROTOCOLS);
            far.setSSLParameters(parameters);
            far.startHandshake();
            Thread.ofVirtual().name("tap-out").start(() -> pass(near, far));
            pass(far, near);
        } catch (IOException e) {
            end(near);
        }
    }

    private void pass(SSLSocket from, SSLSocket to) {
        Recording recording = new Recording();
        recordings.add(recording);
        byte[] buffer = new byte[1 << 15];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                recording.write(buffer, 0, count);
                out.write(buffer, 0, count);
                out.flush();
            }
            end(to);
        } catch (IOException e) {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            sockets.remove(socket);
        }
    }

    private static SSLContext context(Path authority, MeshMember shown)
            throws IOException, GeneralSecurityException {
        LinkFiles files =
                new DevelopmentCa(authority, CERTIFICATE_LIFE, Clock.systemUTC()).certify(shown);
        Credential credential = Credential.read(files.certificate(), files.key(), "tap");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry(
                "shown",
                credential.key(),
                NO_PASSWORD,
                credential.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        KeyManager[] shownKeys = keys.getKeyManagers();
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(shownKeys, new TrustManager[] {new Everybody()}, new SecureRandom());
        return context;
    }

    /// The tap is not the one who judges.
    private static final class Everybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        for (Socket socket : sockets) {
            end(socket);
        }
    }
}
