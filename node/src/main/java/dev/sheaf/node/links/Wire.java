package dev.sheaf.node.links;

/// One end of a gRPC stream, as both kinds of calls offer it.
interface Wire {
    /// Whether the transport takes more without hoarding it.
    boolean ready();

    /// By one thread at a time; does nothing once closed.
    void send(Part part);

    /// Lets one more message come.
    void request();

    /// Ends the stream at once; further calls do nothing.
    void close(String reason);
}
