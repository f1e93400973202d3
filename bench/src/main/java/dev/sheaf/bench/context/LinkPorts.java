package dev.sheaf.bench.context;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports of loopback that nobody listens on at the moment.
final class LinkPorts {
    private LinkPorts() {}

    static int[] free(int count) throws IOException {
        int[] ports = new int[count];
        ServerSocket[] sockets = new ServerSocket[count];
        for (int i = 0; i < count; i++) {
            sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            ports[i] = sockets[i].getLocalPort();
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
