package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The addresses that share leading bits with one (CIDR, RFC 4632). Networks of version 4 and 6
/// have no address in common.
///
/// @param address any of them; the rest of its bits is kept for writing
/// @param bits how many leading bits they share, counted in 128
record IpNetwork(IpAddress address, int bits) {
    private static final int ALL = 128;
    private static final int FOUR_OFFSET = 96;

    /// @param text `10.0.0.0/8`
    /// @throws BuiltinFault when it is no network
    static IpNetwork parse(String text) {
        IpNetwork network = find(text);
        if (network == null) {
            throw BuiltinFault.of("invalid CIDR address: " + text);
        }
        return network;
    }

    /// @return null when it is no network; the bits beyond the prefix are dropped
    static @Nullable IpNetwork find(String text) {
        IpNetwork written = findAsWritten(text);
        return written == null
                ? null
                : new IpNetwork(written.address.prefix(written.bits), written.bits);
    }

    private static @Nullable IpNetwork findAsWritten(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return null;
        }
        String before = text.substring(0, slash);
        String after = text.substring(slash + 1);
        IpAddress address = IpAddress.parse(before);
        if (address == null || after.isEmpty() || after.length() > 8) {
            return null;
        }
        int bits = 0;
        for (int i = 0; i < after.length(); i++) {
            int digit = after.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            bits = bits * 10 + digit;
        }
        int offset = before.indexOf(':') < 0 ? FOUR_OFFSET : 0;
        return bits + offset > ALL ? null : new IpNetwork(address, bits + offset);
    }

    /// The network of an address of version 4 by its class (RFC 791, 3.2).
    static IpNetwork ofClass(IpAddress address) {
        int first = (int) (address.low() >>> 24 & 0xff);
        int bits = first < 0x80 ? 8 : first < 0xc0 ? 16 : 24;
        return new IpNetwork(address, FOUR_OFFSET + bits);
    }

    IpAddress first() {
        return address.prefix(bits);
    }

    IpAddress last() {
        return address.last(bits);
    }

    private boolean isFour() {
        return bits >= FOUR_OFFSET && first().isFour();
    }

    boolean contains(IpAddress other) {
        return other.isFour() == isFour() && other.prefix(bits).equals(first());
    }

    boolean contains(IpNetwork other) {
        return contains(other.first()) && contains(other.last());
    }

    /// The fewest networks that have the same addresses. One that met no neighbour stays as it was
    /// written.
    static List<IpNetwork> merge(List<IpNetwork> networks) {
        record Range(IpAddress first, IpAddress last, @Nullable IpNetwork only) {}
        List<Range> ranges = new ArrayList<>();
        for (IpNetwork network : networks) {
            ranges.add(new Range(network.first(), network.last(), network));
        }
        ranges.sort(Comparator.comparing(Range::last).thenComparing(Range::first));
        for (int i = ranges.size() - 1; i > 0; i--) {
            Range upper = ranges.get(i);
            Range lower = ranges.get(i - 1);
            boolean isAdjacent =
                    upper.first.compareTo(lower.last) <= 0 || upper.first.equals(lower.last.next());
            if (isAdjacent && upper.first.isFour() == lower.last.isFour()) {
                IpAddress first =
                        lower.first.compareTo(upper.first) < 0 ? lower.first : upper.first;
                ranges.set(i - 1, new Range(first, upper.last, null));
                ranges.remove(i);
            }
        }
        List<IpNetwork> merged = new ArrayList<>();
        for (Range range : ranges) {
            if (range.only != null) {
                merged.add(range.only);
            } else {
                split(range.first, range.last, merged);
            }
        }
        return merged;
    }

    /// Adds the fewest networks that have exactly the addresses from `first` to `last`.
    private static void split(IpAddress first, IpAddress last, List<IpNetwork> networks) {
        int bitsMin = first.isFour() ? FOUR_OFFSET : 0;
        IpAddress start = first;
        while (true) {
            int bits = Math.max(bitsMin, ALL - start.trailingZeros());
            while (start.last(bits).compareTo(last) > 0) {
                bits++;
            }
            networks.add(new IpNetwork(start, bits));
            IpAddress end = start.last(bits);
            if (end.equals(last)) {
                return;
            }
            start = end.next();
        }
    }

    @Override
    public String toString() {
        return address + "/" + (isFour() ? bits - FOUR_OFFSET : bits);
    }
}
