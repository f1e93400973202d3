package dev.sheaf.bench.peers.pekko;

import java.util.Locale;

/// How 10,000 values are laid onto Pekko's replicated data, and how they travel. There is no single
/// best one, so the benchmark can be asked for each.
enum Model {
    /// One `LWWRegister` for each key, spread by gossip.
    REGISTERS_GOSSIP(true, false, "200 ms"),
    /// One `LWWRegister` for each key, each write sent to all members at once (`WriteAll`).
    REGISTERS_WRITE_ALL(true, true, "2 s"),
    /// 100 `LWWMap`s of 100 keys, spread by delta propagation.
    MAPS_DELTA(false, false, "1 s"),
    /// 100 `LWWMap`s of 100 keys, each write sent to all members at once.
    MAPS_WRITE_ALL(false, true, "2 s");

    private final boolean registers;
    private final boolean writesToAll;
    private final String gossip;

    Model(boolean registers, boolean writesToAll, String gossip) {
        this.registers = registers;
        this.writesToAll = writesToAll;
        this.gossip = gossip;
    }

    boolean registers() {
        return registers;
    }

    boolean writesToAll() {
        return writesToAll;
    }

    /// How often members compare digests of all keys. Where gossip only repairs, it is Pekko's
    /// default; where it is what spreads values, twice as often costs more than it brings.
    String gossip() {
        return gossip;
    }

    /// As in `registers-write-all`.
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Model of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
